import { describe, expect, it } from 'vitest';
import { Collector } from '../../../src/conversation/collect.ts';
import type { ContentPart } from '../../../src/conversation/content.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { chunks, errorOf, readContext, readStream, request, writeStream } from './support.ts';

const call = (fields: JsonObject) => ({ delta: { tool_calls: [fields] } });
const fn = (name: string | undefined, args: JsonObject | string | undefined) => ({
  function: { ...(name === undefined ? {} : { name }), ...(args === undefined ? {} : { arguments: args }) },
});
const stop = { delta: {}, finish_reason: 'stop' };

function gather(events: readonly StreamEvent[]) {
  const collector = new Collector('openai-chat');
  for (const event of events) collector.push(event);
  const result = collector.result();
  if (!result.ok) throw result.error;
  return result.value;
}

const contentOf = (...choices: JsonObject[]): ContentPart[] => gather(readStream(chunks(...choices))).choices[0]?.content ?? [];
const callsOf = (...choices: JsonObject[]) =>
  contentOf(...choices).map((part) => (part.type === 'tool-call' ? `${part.id} ${part.name} ${part.arguments}` : part.type));

describe('tool calls as hosts send them', () => {
  it('in deltas', () => {
    expect(
      callsOf(
        call({ index: 0, id: 'a', type: 'function', ...fn('f', '') }),
        call({ index: 0, ...fn(undefined, '{"x"') }),
        call({ index: 0, ...fn(undefined, ':1}') }),
        stop,
      ),
    ).toEqual(['a f {"x":1}']);
  });

  it('with id and name or an empty name in each chunk', () => {
    expect(callsOf(call({ index: 0, id: 'a', ...fn('f', '{"x"') }), call({ index: 0, id: 'a', ...fn('f', ':1}') }), stop)).toEqual([
      'a f {"x":1}',
    ]);
    expect(callsOf(call({ index: 0, id: 'a', ...fn('f', '{"x"') }), call({ index: 0, id: '', ...fn('', ':1}') }), stop)).toEqual([
      'a f {"x":1}',
    ]);
    expect(callsOf(call({ index: 0, ...fn('f', '{"x"') }), call({ index: 0, ...fn('f', ':1}') }), stop)).toEqual(['call_new0 f {"x":1}']);
  });

  it('without an index, with ids or without', () => {
    expect(callsOf(call({ id: 'a', ...fn('f', '{"x":1}') }), call({ id: 'b', ...fn('g', '{}') }), stop)).toEqual(['a f {"x":1}', 'b g {}']);
    expect(callsOf(call(fn('f', '{"x"')), call(fn(undefined, ':1}')), call(fn('f', '{}')), stop)).toEqual([
      'call_new0 f {"x":1}',
      'call_new1 f {}',
    ]);
  });

  it('all at index 0', () => {
    expect(callsOf(call({ index: 0, id: 'a', ...fn('f', '{"x":1}') }), call({ index: 0, id: 'b', ...fn('f', '{"x":1}') }), stop)).toEqual([
      'a f {"x":1}',
      'b f {"x":1}',
    ]);
  });

  it('all at index 0, without arguments', () => {
    expect(callsOf(call({ index: 0, id: 'a', ...fn('f', '') }), call({ index: 0, id: 'b', ...fn('f', '') }), stop)).toEqual([
      'a f {}',
      'b f {}',
    ]);
  });

  it('twice whole, where the input is free text', () => {
    const once = call({ index: 0, id: 'a', type: 'custom', custom: { name: 'p', input: 'x' } });
    expect(callsOf(once, once, stop)).toEqual(['a p x']);
  });

  it('twice whole, or growing', () => {
    const once = call({ index: 0, id: 'a', ...fn('f', '{"x":1}') });
    expect(callsOf(once, once, stop)).toEqual(['a f {"x":1}']);
    expect(callsOf(call({ index: 0, id: 'a', ...fn('f', '{"x"') }), call({ index: 0, ...fn(undefined, '{"x":1}') }), stop)).toEqual([
      'a f {"x":1}',
    ]);
  });

  it('with the name after the id, the arguments as an object, or none', () => {
    expect(callsOf(call({ index: 0, id: 'a' }), call({ index: 0, ...fn('f', '{}') }), stop)).toEqual(['a f {}']);
    expect(callsOf(call({ index: 0, id: 'a', ...fn('f', { x: 1 }) }), stop)).toEqual(['a f {"x":1}']);
    expect(callsOf(call({ index: 0, id: 'a', ...fn('f', undefined) }), stop)).toEqual(['a f {}']);
  });

  it('interleaved', () => {
    expect(
      callsOf(
        {
          delta: {
            tool_calls: [
              { index: 0, id: 'a', ...fn('f', '') },
              { index: 1, id: 'b', ...fn('g', '') },
            ],
          },
        },
        call({ index: 1, ...fn(undefined, '{"y":2}') }),
        call({ index: 0, ...fn(undefined, '{"x":1}') }),
        stop,
      ),
    ).toEqual(['a f {"x":1}', 'b g {"y":2}']);
  });

  it('start with id and name, before any argument', () => {
    const events = readStream(chunks(call({ index: 0, id: 'a', ...fn('f', '{}') }), stop));
    const start = events.find((event) => event.type === 'part-start');
    expect(start).toMatchObject({ content: { type: 'tool-call', id: 'a', name: 'f', arguments: '' } });
    expect(events.filter((event) => event.type === 'part-start')).toHaveLength(1);
    expect(events.filter((event) => event.type === 'part-end')).toHaveLength(1);
  });

  it('as the older function_call, and as custom', () => {
    expect(
      callsOf({ delta: { function_call: { name: 'f', arguments: '{"x"' } } }, { delta: { function_call: { arguments: ':1}' } } }, stop),
    ).toEqual(['call_new0 f {"x":1}']);
    expect(
      contentOf(
        call({ index: 0, id: 'a', type: 'custom', custom: { name: 'f', input: 'aa' } }),
        call({ index: 0, custom: { input: 'aab' } }),
        stop,
      ),
    ).toMatchObject([{ kind: 'custom', name: 'f', arguments: 'aaaab' }]);
  });

  it('as a function beside an empty custom (Snowflake)', () => {
    const custom = { name: '', input: '' };
    expect(callsOf(call({ index: 0, id: 'a', type: 'function', custom, ...fn('f', '{"x":1}') }), stop)).toEqual(['a f {"x":1}']);
  });

  it('with a thought signature', () => {
    const extra_content = { google: { thought_signature: 'sig' } };
    expect(contentOf(call({ index: 0, id: 'a', ...fn('f', '{}'), extra_content }), stop)).toMatchObject([
      { signature: { value: 'sig', dialect: 'openai-chat' } },
    ]);
  });

  it('under the name that fits the vendor come back under the client’s', () => {
    const asked = request({ tools: [{ type: 'function', function: { name: 'a.b' } }] });
    const events = readStream(chunks(call({ index: 0, id: 'a', ...fn('a_b', '{}') }), stop), asked);
    expect(events.find((event) => event.type === 'part-start')).toMatchObject({ content: { name: 'a.b' } });
  });
});

describe('the finish', () => {
  const finish = (...choices: JsonObject[]) => gather(readStream(chunks(...choices))).choices[0]?.finish.reason;
  const called = call({ index: 0, id: 'a', ...fn('f', '{"x":1}') });

  it('is tool-calls wherever a call was made', () => {
    expect(finish(called, stop)).toBe('tool-calls');
    expect(finish(called)).toBe('tool-calls');
    expect(finish(called, { delta: {}, finish_reason: 'length' })).toBe('tool-calls');
  });

  it('is a refusal where the words stand under `refusal`, which OpenAI ends with stop', () => {
    const events = readStream(chunks({ delta: { refusal: 'I ' } }, { delta: { refusal: 'will not.' } }, stop));
    expect(gather(events).choices[0]?.finish).toEqual({ reason: 'refusal', raw: 'stop' });
    expect(writeStream(events)).toContain('"finish_reason":"stop"');
  });

  it('stays length where the call was cut', () => {
    expect(finish(call({ index: 0, id: 'a', ...fn('f', '{"x":') }), { delta: {}, finish_reason: 'length' })).toBe('length');
  });

  it('without [DONE] is clean; without either is an error', () => {
    const [hello, end] = chunks({ delta: { content: 'Hi' } }, stop);
    expect(hello && end && readStream([hello, end]).at(-1)).toEqual({ type: 'finish', choice: 0, finish: { reason: 'stop', raw: 'stop' } });
    expect(hello && errorOf(readStream([hello]))).toMatchObject({ class: 'network', code: 'stream_truncated' });
    expect(errorOf(readStream([]))).toMatchObject({ code: 'stream_truncated' });
  });

  it('is not an empty word that stands in every chunk', () => {
    const [hello] = chunks({ delta: { content: 'Hi' }, finish_reason: '' });
    expect(hello && errorOf(readStream([hello]))).toMatchObject({ code: 'stream_truncated' });
    expect(finish({ delta: { content: 'Hi' }, finish_reason: '' })).toBe('stop');
  });

  it.each(['error', 'network_error', 'insufficient_system_resource'])('%s is a failure', (word) => {
    expect(errorOf(readStream(chunks({ delta: { content: 'Hi' } }, { delta: {}, finish_reason: word })))).toMatchObject({
      class: 'overload',
      code: word,
    });
  });
});

describe('reasoning', () => {
  it('is found in every vendor’s field, once', () => {
    const detail = [{ type: 'reasoning.text', text: 'hm', index: 0 }];
    for (const delta of [
      { reasoning_content: 'hm' },
      { reasoning: 'hm' },
      { reasoning_text: 'hm' },
      { reasoning_details: detail },
      { reasoning: 'hm', reasoning_details: detail },
      { reasoning: 'hm', reasoning_content: 'hm' },
      { content: '<think>hm</think>' },
      { content: [{ type: 'thinking', thinking: [{ type: 'text', text: 'hm' }] }] },
    ]) {
      expect(contentOf({ delta }, { delta: { content: 'Hi' } }, stop)).toEqual([
        { type: 'reasoning', text: 'hm' },
        { type: 'text', text: 'Hi' },
      ]);
    }
  });

  it('keeps its proof, and gives it back as it was', () => {
    const details = [
      { type: 'reasoning.summary', summary: 'hm', format: 'f', index: 0 },
      { type: 'reasoning.encrypted', data: 'secret', id: 'rs', format: 'f', index: 0 },
    ];
    const [part] = contentOf(
      { delta: { reasoning_details: details.slice(0, 1) } },
      { delta: { reasoning_details: details.slice(1) } },
      stop,
    );
    expect(part).toMatchObject({ type: 'reasoning', text: 'hm', signature: { dialect: 'openai-chat' } });
    const asked = request();
    if (part) asked.messages.push({ role: 'assistant', content: [part, { type: 'text', text: 'Hi' }] });
    asked.dialect = 'anthropic-messages';
    const body = openaiChat.writeRequest(asked, { model: 'openai/gpt-5', warn: () => undefined });
    expect(body.messages).toContainEqual(expect.objectContaining({ reasoning_content: 'hm', reasoning_details: details }));
  });
});

describe('choices without an index', () => {
  const body = {
    choices: [
      { message: { content: 'Hi' }, finish_reason: 'stop' },
      { message: { tool_calls: [{ id: 'a', ...fn('f', '{}') }] }, finish_reason: 'tool_calls' },
    ],
  };
  const typesOf = (asked = request()) => {
    const response = openaiChat.readResponse(body, readContext(asked));
    return response.ok ? response.value.choices.map((choice) => choice.content.map((part) => part.type)) : response.error;
  };

  it('are one where one was asked for (Copilot), else by their place', () => {
    expect(typesOf()).toEqual([['text', 'tool-call']]);
    expect(typesOf(request({ n: 2 }))).toEqual([['text'], ['tool-call']]);
  });
});

describe('anything else', () => {
  it('comes calmly: nonsense, nulls and missing fields', () => {
    const events = readStream([
      { data: 'not json' },
      { data: 'null' },
      { data: '[1]' },
      { data: '{"choices":null}' },
      { data: '{"choices":[null,{"delta":null},{"index":0,"delta":{"content":null,"tool_calls":null,"audio":null}}]}' },
      { data: '{"choices":[{"index":0,"delta":{"tool_calls":[null,5,{}],"content":7},"finish_reason":"stop"}]}' },
      { data: '[DONE]' },
      { data: '{"choices":[{"index":0,"delta":{"content":"late"}}]}' },
    ]);
    expect(errorOf(events)).toBeUndefined();
    expect(JSON.stringify(events)).not.toContain('late');
  });

  it('images, refusals, logprobs and audio find their parts', () => {
    const url = 'data:image/png;base64,AAAA';
    expect(contentOf({ delta: { images: [{ type: 'image_url', image_url: { url } }] } }, stop)).toEqual([
      { type: 'image', source: { kind: 'base64', mimeType: 'image/png', data: 'AAAA' } },
    ]);
    expect(contentOf({ delta: { refusal: 'I ' } }, { delta: { refusal: 'won’t' } }, stop)).toEqual([{ type: 'refusal', text: 'I won’t' }]);
    const logprobs = { content: [{ token: 'Hi', logprob: -0.1, bytes: [72, 105], top_logprobs: [] }] };
    expect(gather(readStream(chunks({ delta: { content: 'Hi' }, logprobs }, stop))).choices[0]?.logprobs).toEqual([
      { token: 'Hi', logprob: -0.1, bytes: [72, 105], top: [] },
    ]);
    expect(
      contentOf({ delta: { audio: { id: 'a', data: 'AA' } } }, { delta: { audio: { data: 'BB', transcript: 'Hi' } } }, stop),
    ).toMatchObject([{ type: 'audio', id: 'a', transcript: 'Hi', source: { data: 'AABB' } }]);
  });

  it('an error in the middle ends all, after its usage', () => {
    const reader = openaiChat.streamReader(readContext());
    reader.push({ data: '{"choices":[{"index":0,"delta":{"content":"Hi"}}]}' });
    const events = reader.push({ data: '{"error":"overloaded","usage":{"prompt_tokens":1,"completion_tokens":2}}' });
    expect(events.map((event) => event.type)).toEqual(['usage', 'error']);
    expect(reader.end()).toEqual([]);
  });
});
