import { describe, expect, it } from 'vitest';
import { GatewayError } from '../../../src/conversation/error.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { readSse, replyContext, request, sseEvents, writeStream } from './support.ts';

const text = (choice: number, part: number, words: string): StreamEvent[] => [
  { type: 'part-start', choice, part, content: { type: 'text', text: '' } },
  { type: 'part-delta', part, delta: { type: 'text', text: words } },
  { type: 'part-end', part },
];
const call = (part: number, name: string, args: string): StreamEvent[] => [
  { type: 'part-start', choice: 0, part, content: { type: 'tool-call', id: `id${part}`, name, arguments: '' } },
  { type: 'part-delta', part, delta: { type: 'arguments', text: args } },
  { type: 'part-end', part },
];
const finish = (choice = 0): StreamEvent => ({ type: 'finish', choice, finish: { reason: 'stop' } });

/** The JSON of all events but `[DONE]`, and whether that came last. */
function written(events: StreamEvent[], fields: JsonObject = {}): { chunks: JsonObject[]; done: boolean } {
  const data = sseEvents(writeStream(events, request(fields))).map((event) => event.data);
  const done = data.at(-1) === '[DONE]';
  return { chunks: (done ? data.slice(0, -1) : data).map((each) => JSON.parse(each)), done };
}

const choicesOf = (chunks: JsonObject[]) => chunks.flatMap((chunk) => chunk.choices as JsonObject[]);

describe('the stream we write', () => {
  it('names the role once a choice, calls by index, and ends in [DONE]', () => {
    const { chunks, done } = written([...text(0, 0, 'Hi'), ...call(1, 'f', '{"x":1}'), ...text(1, 2, 'Ho'), finish(), finish(1)]);
    expect(done).toBe(true);
    expect(choicesOf(chunks)).toEqual([
      { index: 0, delta: { role: 'assistant', content: 'Hi' }, finish_reason: null },
      {
        index: 0,
        delta: { tool_calls: [{ index: 0, id: 'id1', type: 'function', function: { name: 'f', arguments: '' } }] },
        finish_reason: null,
      },
      { index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '{"x":1}' } }] }, finish_reason: null },
      { index: 1, delta: { role: 'assistant', content: 'Ho' }, finish_reason: null },
      { index: 0, delta: {}, finish_reason: 'tool_calls' },
      { index: 1, delta: {}, finish_reason: 'stop' },
    ]);
    for (const chunk of chunks) {
      expect(chunk).toMatchObject({ id: 'chatcmpl-new0', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'm' });
    }
  });

  it('tells usage only on request, in a chunk without choices before [DONE]', () => {
    const events: StreamEvent[] = [...text(0, 0, 'Hi'), { type: 'usage', usage: { input: 3, output: 1 } }, finish()];
    expect(JSON.stringify(written(events).chunks)).not.toContain('usage');
    const { chunks } = written(events, { stream_options: { include_usage: true } });
    expect(chunks.slice(0, -1).every((chunk) => chunk.usage === null)).toBe(true);
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 1, total_tokens: 4 } });
  });

  it('leaves usage out rather than make it up', () => {
    expect(written([...text(0, 0, 'Hi'), finish()], { stream_options: { include_usage: true } }).chunks.at(-1)?.choices).not.toEqual([]);
  });

  it('ends in the error and nothing more', () => {
    const writer = openaiChat.streamWriter(replyContext());
    const error = new GatewayError({ class: 'network', message: 'gone' });
    const wire = writer.push({ type: 'error', error }) + writer.push(finish()) + writer.end();
    expect(sseEvents(wire)).toEqual([
      { data: JSON.stringify({ error: { message: 'gone', type: 'server_error', param: null, code: 'upstream_unreachable' } }) },
    ]);
  });

  it('closes what was left open', () => {
    const { chunks, done } = written(text(0, 0, 'Hi').slice(0, 2));
    expect(done).toBe(true);
    expect(choicesOf(chunks).at(-1)).toEqual({ index: 0, delta: {}, finish_reason: 'stop' });
  });

  it('gives an answer without content its role and finish', () => {
    expect(choicesOf(written([finish()]).chunks)).toEqual([{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: 'stop' }]);
  });

  it('turns a custom tool’s call back, as custom', () => {
    const fields = { tools: [{ type: 'custom', custom: { name: 'patch' } }] };
    const { chunks } = written([...call(0, 'patch', '{"input":"*** Begin"}'), finish()], fields);
    expect(choicesOf(chunks).slice(0, 2)).toEqual([
      {
        index: 0,
        delta: {
          role: 'assistant',
          content: null,
          tool_calls: [{ index: 0, id: 'id0', type: 'custom', custom: { name: 'patch', input: '' } }],
        },
        finish_reason: null,
      },
      { index: 0, delta: { tool_calls: [{ index: 0, custom: { input: '*** Begin' } }] }, finish_reason: null },
    ]);
  });

  it('carries another dialect’s signatures sealed, and reads them again', () => {
    const signature = { value: 'sig', dialect: 'gemini' as const, model: 'gemini-3' };
    const thought = { value: 'proof', dialect: 'anthropic-messages' as const, model: 'claude' };
    const events: StreamEvent[] = [
      { type: 'part-start', choice: 0, part: 0, content: { type: 'reasoning', text: '' } },
      { type: 'part-delta', part: 0, delta: { type: 'text', text: 'hm' } },
      { type: 'part-delta', part: 0, delta: { type: 'signature', signature: thought } },
      { type: 'part-end', part: 0 },
      { type: 'part-start', choice: 0, part: 1, content: { type: 'tool-call', id: 'a', name: 'f', arguments: '', signature } },
      { type: 'part-end', part: 1 },
      finish(),
    ];
    const again = readSse(writeStream(events));
    expect(again).toContainEqual({ type: 'part-delta', part: 0, delta: { type: 'signature', signature: thought } });
    expect(again).toContainEqual({ type: 'part-delta', part: 1, delta: { type: 'signature', signature } });
  });

  it('shows images, server text and log probabilities', () => {
    const { chunks } = written([
      { type: 'part-start', choice: 0, part: 0, content: { type: 'image', source: { kind: 'url', url: 'https://a.example/i.png' } } },
      {
        type: 'part-start',
        choice: 0,
        part: 1,
        content: { type: 'server', dialect: 'gemini', name: 'executableCode', raw: {}, text: 'code' },
      },
      { type: 'part-start', choice: 0, part: 2, content: { type: 'text', text: '' } },
      { type: 'part-delta', part: 2, delta: { type: 'logprobs', logprobs: [{ token: 'Hi', logprob: -1 }] } },
      finish(),
    ]);
    const deltas = choicesOf(chunks);
    expect(deltas[0]?.delta).toMatchObject({ images: [{ type: 'image_url', image_url: { url: 'https://a.example/i.png' } }] });
    expect(deltas[1]?.delta).toEqual({ content: 'code' });
    expect(deltas[2]?.logprobs).toEqual({ content: [{ token: 'Hi', logprob: -1, bytes: null, top_logprobs: [] }], refusal: null });
  });

  it('keeps alive with a comment', () => {
    expect(openaiChat.streamWriter(replyContext()).ping()).toMatch(/^:.*\n\n$/);
  });
});
