import type Anthropic from '@anthropic-ai/sdk';
import { describe, expect, it } from 'vitest';
import { Collector } from '../../../src/conversation/collect.ts';
import type { ContentPart, ToolCallPart } from '../../../src/conversation/content.ts';
import { GatewayError } from '../../../src/conversation/error.ts';
import { asObject, type JsonObject, parseJson } from '../../../src/conversation/json.ts';
import type { Finish } from '../../../src/conversation/response.ts';
import type { PartDelta, StreamEvent } from '../../../src/conversation/stream-event.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import { ASK, bare, chat, createdMessage, eventsIn, finalMessage, read, replyContext, sdk, stream } from './support.ts';

const start: StreamEvent = { type: 'start', id: 'chatcmpl-1', model: 'gpt-5' };
const begin = (part: number, content: ContentPart, choice = 0): StreamEvent => ({ type: 'part-start', choice, part, content });
const add = (part: number, delta: PartDelta): StreamEvent => ({ type: 'part-delta', part, delta });
const end = (part: number): StreamEvent => ({ type: 'part-end', part });
const finish = (reason: Finish['reason'], more: Partial<Finish> = {}): StreamEvent => ({
  type: 'finish',
  choice: 0,
  finish: { reason, ...more },
});
const words = (text: string): PartDelta => ({ type: 'text', text });
const args = (text: string): PartDelta => ({ type: 'arguments', text });
const call = (id: string): ToolCallPart => ({ type: 'tool-call', id, name: 'go', arguments: '' });
const typesIn = (text: string): string[] => eventsIn(text).map((event) => event.event ?? '');

/** Throws unless blocks are numbered without gaps and one is open at a time: what the SDK relies on without checking. */
function checkBlocks(text: string): void {
  let open: number | undefined;
  let next = 0;
  for (const { data } of eventsIn(text)) {
    const { type, index } = asObject(parseJson(data)) ?? {};
    if (type === 'content_block_start') {
      expect({ open, index }).toEqual({ open: undefined, index: next });
      open = next++;
    }
    if (type === 'content_block_delta' || type === 'content_block_stop') expect(index).toBe(open);
    if (type === 'content_block_stop') open = undefined;
  }
  expect(open).toBeUndefined();
}

describe('a stream written for a client', () => {
  it('is gathered by the SDK, thoughts and calls and figures', async () => {
    const text = stream([
      start,
      begin(0, { type: 'reasoning', text: '' }),
      add(0, words('Hm')),
      add(0, { type: 'signature', signature: { value: 'enc', dialect: 'openai-responses' } }),
      end(0),
      begin(1, { type: 'text', text: '' }),
      add(1, words('Hel')),
      add(1, words('lo')),
      end(1),
      begin(2, call('call_1')),
      add(2, args('{"a":')),
      add(2, args('1}')),
      end(2),
      { type: 'usage', usage: { input: 100, cacheRead: 60, cacheWrite: 10, output: 7, reasoning: 3 } },
      finish('tool-calls'),
    ]);
    checkBlocks(text);
    const message = (await finalMessage(text)) as Anthropic.Message;
    expect(bare(message)).toMatchObject({
      id: 'msg_chatcmpl-1',
      model: 'gpt-5',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: expect.stringMatching(/^omr1\./) },
        { type: 'text', text: 'Hello' },
        { type: 'tool_use', id: 'call_1', name: 'go', input: { a: 1 } },
      ],
      stop_reason: 'tool_use',
      usage: {
        input_tokens: 30,
        cache_read_input_tokens: 60,
        cache_creation_input_tokens: 10,
        output_tokens: 7,
        output_tokens_details: { thinking_tokens: 3 },
      },
    });
    expect(typesIn(text).slice(-2)).toEqual(['message_delta', 'message_stop']);
  });

  it('carries a foreign signature back and forth', () => {
    const signature = { value: 'enc', dialect: 'openai-responses', model: 'gpt-5' } as const;
    const body = anthropicMessages.writeResponse(
      {
        dialect: 'openai-responses',
        choices: [{ index: 0, content: [{ type: 'reasoning', text: 'Hm', signature }], finish: { reason: 'stop' } }],
      },
      replyContext(chat()),
    );
    const replayed = read({ ...ASK, messages: [...ASK.messages, { role: 'assistant', content: body.content }] });
    expect(replayed.messages.at(-1)?.content).toEqual([{ type: 'reasoning', text: 'Hm', signature }]);
  });

  it('carries the signature of a call behind it, streamed and whole', () => {
    const signature = { value: 'thought', dialect: 'gemini', model: 'gemini-3' } as const;
    const text = stream([
      start,
      begin(0, call('1')),
      add(0, args('{}')),
      add(0, { type: 'signature', signature }),
      end(0),
      finish('tool-calls'),
    ]);
    checkBlocks(text);
    const content = [
      { type: 'tool_use', id: '1', name: 'go', input: {} },
      { type: 'redacted_thinking', data: /"data":"(omr1[^"]*)"/.exec(text)?.[1] },
    ];
    const replayed = read({ ...ASK, messages: [...ASK.messages, { role: 'assistant', content }] });
    expect(replayed.messages.at(-1)?.content).toEqual([{ ...call('1'), arguments: '{}', signature }]);
  });

  it('writes calls that interleave one after the other', async () => {
    const text = stream([
      start,
      begin(0, call('a')),
      begin(1, call('b')),
      add(0, args('{"x":')),
      add(1, args('{"y":')),
      add(0, args('1}')),
      add(1, args('2}')),
      end(1),
      end(0),
      finish('tool-calls'),
    ]);
    checkBlocks(text);
    expect(bare((await finalMessage(text)).content)).toMatchObject([
      { id: 'a', input: { x: 1 } },
      { id: 'b', input: { y: 2 } },
    ]);
  });

  it('does not let an open text hold up a call, nor lose text that comes later', async () => {
    const writer = anthropicMessages.streamWriter(replyContext(chat()));
    const early = [start, begin(0, { type: 'text', text: '' }), add(0, words('One')), begin(1, call('a')), add(1, args('{}'))];
    const sent = early.map((event) => writer.push(event)).join('');
    expect(sent).toContain('input_json_delta');
    const late = [add(0, words('Two')), end(1), end(0), finish('stop')];
    const text = sent + late.map((event) => writer.push(event)).join('') + writer.end();
    checkBlocks(text);
    expect(bare((await finalMessage(text)).content)).toMatchObject([{ text: 'One' }, { id: 'a' }, { text: 'Two' }]);
  });

  it('puts the text of a free-form call into a JSON string, wherever it is cut', async () => {
    const patch = '*** "Begin"\n\\ 👋';
    const pieces = [...Array(patch.length).keys()].map((at) => add(0, args(patch.charAt(at))));
    const text = stream([start, begin(0, { ...call('a'), kind: 'custom' }), ...pieces, end(0), finish('tool-calls')]);
    checkBlocks(text);
    expect((await finalMessage(text)).content).toMatchObject([{ type: 'tool_use', input: { input: patch } }]);
  });

  it('closes what was left open', async () => {
    const text = stream([start, begin(0, call('a')), begin(1, call('b')), add(1, args('{"y":2}')), add(0, args('{}'))]);
    checkBlocks(text);
    expect(await finalMessage(text)).toMatchObject({ stop_reason: 'tool_use', content: [{ id: 'a' }, { id: 'b', input: { y: 2 } }] });
  });

  it.each<[Finish, string]>([
    [{ reason: 'stop' }, 'end_turn'],
    [{ reason: 'stop', raw: 'STOP' }, 'end_turn'],
    [{ reason: 'stop', stopSequence: 'END' }, 'stop_sequence'],
    [{ reason: 'length' }, 'max_tokens'],
    [{ reason: 'length', raw: 'model_context_window_exceeded' }, 'model_context_window_exceeded'],
    [{ reason: 'content-filter' }, 'refusal'],
    [{ reason: 'refusal', message: 'No.' }, 'refusal'],
    [{ reason: 'pause' }, 'pause_turn'],
    [{ reason: 'other' }, 'end_turn'],
    [{ reason: 'tool-calls' }, 'end_turn'],
  ])('%j without a call stops with %s', async (reason, expected) => {
    const text = stream([start, begin(0, { type: 'text', text: 'x' }), end(0), { type: 'finish', choice: 0, finish: reason }]);
    expect((await finalMessage(text)).stop_reason).toBe(expected);
  });

  it('a refusal is text, and stops as one', async () => {
    const text = stream([start, begin(0, { type: 'refusal', text: '' }), add(0, words('No.')), end(0), finish('stop')]);
    expect(await finalMessage(text)).toMatchObject({ content: [{ text: 'No.' }], stop_reason: 'refusal' });
  });

  it('an answer without parts is a whole message all the same', async () => {
    expect(await finalMessage(stream([start, finish('stop')]))).toMatchObject({
      content: [],
      stop_reason: 'end_turn',
      usage: { output_tokens: 0 },
    });
  });

  it('an error ends it: the SDK throws, and no end follows', async () => {
    const error = new GatewayError({ class: 'overload', message: 'Busy', status: 529 });
    const text = stream([start, begin(0, { type: 'text', text: 'x' }), { type: 'error', error }, finish('stop')]);
    expect(typesIn(text).at(-1)).toBe('error');
    await expect(finalMessage(text)).rejects.toMatchObject({ type: 'overloaded_error' });
  });

  it('other choices, media and foreign blocks are named and left out', async () => {
    const warnings: string[] = [];
    const image: ContentPart = { type: 'image', source: { kind: 'url', url: 'https://e.com/a.png' } };
    const server: ContentPart = { type: 'server', dialect: 'openai-responses', name: 'file_search_call', raw: {} };
    const other: StreamEvent[] = [begin(0, { type: 'text', text: 'b' }, 1), add(0, words('c')), end(0)];
    const text = stream([start, ...other, begin(1, image), end(1), begin(2, server), end(2), finish('stop')], chat(), warnings);
    checkBlocks(text);
    expect(bare((await finalMessage(text)).content)).toEqual([{ type: 'text', text: '![image](https://e.com/a.png)' }]);
    expect(warnings).toHaveLength(3);
  });

  it('a ping is an event of its own, and begins nothing', () => {
    const writer = anthropicMessages.streamWriter(replyContext(chat()));
    expect(typesIn(writer.ping())).toEqual(['ping']);
    expect(typesIn(writer.ping())).toEqual(['ping']);
  });
});

describe('a whole answer written for a client', () => {
  it('keeps arguments that are no JSON as text', async () => {
    const broken: ContentPart = { ...call('a'), arguments: '{"x":' };
    const body = anthropicMessages.writeResponse(
      { dialect: 'openai-chat', choices: [{ index: 0, content: [broken], finish: { reason: 'stop' } }] },
      replyContext(chat()),
    );
    expect(await createdMessage(body)).toMatchObject({
      content: [{ type: 'tool_use', input: { input: '{"x":' } }],
      stop_reason: 'tool_use',
    });
  });

  it('gives a free-form call its text as input', () => {
    const custom: ContentPart = { ...call('a'), arguments: '*** Begin', kind: 'custom' };
    const body = anthropicMessages.writeResponse(
      { dialect: 'openai-responses', choices: [{ index: 0, content: [custom], finish: { reason: 'tool-calls' } }] },
      replyContext(chat()),
    );
    expect(body.content).toMatchObject([{ input: { input: '*** Begin' } }]);
  });
});

describe('streams of compatible vendors', () => {
  const play = (...items: JsonObject[]): StreamEvent[] => {
    const reader = anthropicMessages.streamReader({ request: chat(), model: 'm', now: () => 0, newId: () => 'new' });
    return [...items.flatMap((item) => reader.push({ event: String(item.type), data: JSON.stringify(item) })), ...reader.end()];
  };
  const gathered = (...items: JsonObject[]) => {
    const collector = new Collector('anthropic-messages');
    for (const event of play(...items)) collector.push(event);
    const parsed = collector.result();
    if (!parsed.ok) throw parsed.error;
    return parsed.value;
  };
  const opened = (usage: JsonObject = {}) => ({ type: 'message_start', message: { id: 'x', model: 'm', usage } });
  const stopped = [{ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 4 } }, { type: 'message_stop' }];

  it('zeros at the start are unknown, and later zeros take nothing back', () => {
    const zeros = { input_tokens: 0, output_tokens: 0, cache_read_input_tokens: 0, cache_creation_input_tokens: 0 };
    expect(gathered(opened(zeros), ...stopped).usage).toEqual({ output: 4 });
    const late = { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { ...zeros, output_tokens: 4 } };
    expect(gathered(opened({ input_tokens: 9, output_tokens: 1 }), late, { type: 'message_stop' }).usage).toEqual({ input: 9, output: 4 });
    const known = { type: 'message_delta', delta: {}, usage: { input_tokens: 9, cache_read_input_tokens: 5, output_tokens: 4 } };
    expect(gathered(opened(zeros), known, { type: 'message_stop' }).usage).toEqual({ input: 14, cacheRead: 5, output: 4 });
  });

  it('input whole in the start, no stop of the block: one call, and its finish', () => {
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a', name: 'go', input: { x: 1 } } };
    expect(gathered(opened(), block, ...stopped).choices).toMatchObject([
      { content: [{ id: 'a', arguments: '{"x":1}' }], finish: { reason: 'tool-calls', raw: 'end_turn' } },
    ]);
  });

  it('input whole in the start and streamed as well counts once', () => {
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a', name: 'go', input: { x: 1 } } };
    const delta = { type: 'content_block_delta', index: 0, delta: { type: 'input_json_delta', partial_json: '{"x":1}' } };
    expect(gathered(opened(), block, delta, ...stopped).choices[0]?.content).toMatchObject([{ arguments: '{"x":1}' }]);
  });

  it('a call without arguments has an empty object', () => {
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a', name: 'go', input: {} } };
    expect(gathered(opened(), block, ...stopped).choices[0]?.content).toMatchObject([{ arguments: '{}' }]);
  });

  it('text without a start of its block, and events that are not known', () => {
    const delta = { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } };
    expect(gathered({ type: 'soon' }, delta, ...stopped).choices[0]?.content).toEqual([{ type: 'text', text: 'Hi' }]);
  });

  it('a stop without a reason is a stop', () =>
    expect(gathered(opened(), { type: 'message_stop' }).choices[0]?.finish).toEqual({ reason: 'stop' }));

  it('an error event, in either shape, ends the answer', () => {
    const error = { type: 'overloaded_error', message: 'Overloaded' };
    expect(play(opened(), { type: 'error', error }).at(-1)).toMatchObject({ type: 'error', error: { class: 'overload', status: 529 } });
    expect(play(opened(), { error: { message: 'bad' } }).at(-1)).toMatchObject({ type: 'error', error: { message: 'bad' } });
  });

  it('a damaged event is an error, not a gap', () => {
    const reader = anthropicMessages.streamReader({ request: chat(), model: 'm', now: () => 0, newId: () => 'new' });
    expect(reader.push({ data: '[DONE]' })).toEqual([]);
    expect(reader.push({ data: '{"type":"content_bl' })).toMatchObject([{ type: 'error', error: { code: 'stream_damaged' } }]);
  });

  it('a message that stands whole in its start is whole', () => {
    const call = { type: 'tool_use', id: 'a', name: 'rollDie', input: { player: 'two' } };
    const message = { id: 'm', role: 'assistant', content: [{ type: 'text', text: 'Go' }, call], stop_reason: 'tool_use' };
    expect(gathered({ type: 'message_start', message }, { type: 'message_stop' }).choices[0]).toMatchObject({
      content: [
        { type: 'text', text: 'Go' },
        { type: 'tool-call', id: 'a', name: 'rollDie', arguments: '{"player":"two"}' },
      ],
      finish: { reason: 'tool-calls', raw: 'tool_use' },
    });
  });

  it('a start told twice is one; another message inside an open block is damage', () => {
    const start = (id: string) => ({ type: 'message_start', message: { id, role: 'assistant', content: [] } });
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'text', text: 'Hi' } };
    const rest = [{ type: 'content_block_stop', index: 0 }, { type: 'message_stop' }];
    expect(gathered(start('a'), start('b'), block, start('b'), ...rest).choices[0]?.content).toEqual([{ type: 'text', text: 'Hi' }]);
    expect(play(start('a'), block, start('c'), ...rest).at(-1)).toMatchObject({ error: { code: 'stream_damaged' } });
  });

  it('a call cut off has no arguments made up', () => {
    const block = { type: 'content_block_start', index: 0, content_block: { type: 'tool_use', id: 'a', name: 'go', input: {} } };
    expect(play(opened(), block).some((event) => event.type === 'part-delta')).toBe(false);
  });
});

describe('an error in a 200', () => {
  it('is an error', () => {
    const parsed = anthropicMessages.readResponse(
      { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } },
      { request: chat(), model: 'm', now: () => 0, newId: () => 'new' },
    );
    expect(parsed.ok ? undefined : parsed.error).toMatchObject({ class: 'rate', status: 429 });
  });

  it('the SDK reads what we write for one', async () => {
    const { status, body } = anthropicMessages.writeError(new GatewayError({ class: 'rate', message: 'Slow down' }), 'req_1');
    const asked = sdk(JSON.stringify(body), 'application/json', status).messages.create(ASK);
    await expect(asked).rejects.toMatchObject({ status: 429, type: 'rate_limit_error' });
  });
});
