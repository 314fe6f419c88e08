import { describe, expect, test } from 'vitest';
import { asObject, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { openaiResponses } from '../../../src/dialects/openai-responses/index.ts';
import {
  collect,
  find,
  jsonEvents,
  named,
  readContext,
  readRequest,
  readStream,
  replyContext,
  requestOf,
  sseEvents,
  streams,
  terminalOf,
  writeStream,
} from './helpers.ts';

/** Checks the order that `StreamEvent` promises. Throws by hand: an `expect` for each of many thousand events takes seconds. */
function checkOrder(events: StreamEvent[]): void {
  const open = new Set<number>();
  let parts = 0;
  let finished = false;
  const must = (holds: boolean, rule: string, index: number): void => {
    if (!holds) throw new Error(`event ${index} breaks the rule: ${rule}`);
  };
  for (const [index, event] of events.entries()) {
    must(event.type !== 'start' || index === 0, 'start comes first and once', index);
    must(!finished || event.type === 'usage', 'only usage follows the finish', index);
    if (event.type === 'part-start') {
      must(event.part === parts, 'parts count from 0', index);
      parts += 1;
      open.add(event.part);
    }
    must(event.type !== 'part-delta' || open.has(event.part), 'deltas belong to an open part', index);
    must(event.type !== 'part-end' || open.delete(event.part), 'a part ends once', index);
    must(event.type !== 'error' || index === events.length - 1, 'nothing follows an error', index);
    if (event.type === 'finish') finished = true;
  }
  must(open.size === 0, 'every part ends', events.length);
}

const isEnd = (event: StreamEvent): boolean => event.type === 'finish' || event.type === 'error';

/** Ids and texts of an answer, without what only one form of it carries. */
const bare = (response: ChatResponse): unknown => ({
  id: response.id,
  model: response.model,
  usage: response.usage,
  finish: response.choices[0]?.finish,
  // OpenAI encrypts anew for the terminal response: that there is a proof is compared, not its bytes.
  content: response.choices[0]?.content.map((part) => ({
    ...part,
    extensions: undefined,
    signature: 'signature' in part && part.signature !== undefined,
    ...(part.type === 'server' ? { raw: { ...part.raw, encrypted_content: undefined } } : {}),
  })),
});

describe('a recorded stream', () => {
  const answered = streams.filter((one) => !one.features.includes('stream-error'));

  test.each(named(answered))('%s collects to the response it ends with', async (name, recording) => {
    const events = readStream(await sseEvents(recording.response.sse ?? ''), requestOf(recording));
    checkOrder(events);
    const collected = collect(events);
    const whole = openaiResponses.readResponse(await terminalOf(recording), readContext(requestOf(recording)));
    if (!collected.ok || !whole.ok) throw new Error('no answer');
    if (name === 'openai-shell-container-1-stream') {
      // Its deltas were trimmed where it was published: what was streamed stands.
      expect(collected.value.choices[0]?.content[2]).toMatchObject({ text: 'The command ran successfully.' });
      return;
    }
    expect(bare(collected.value)).toEqual(bare(whole.value));
  });

  test.each(named(streams))('%s cut at any event is never a clean end', async (_name, recording) => {
    const sse = await sseEvents(recording.response.sse ?? '');
    const whole = readStream(sse);
    // openai-reasoning-encrypted-content-1-stream holds the two responses of two turns: the first end is the end.
    const last = sse.findIndex(({ data }) =>
      ['response.completed', 'response.incomplete', 'response.failed'].includes((JSON.parse(data) as { type: string }).type),
    );
    expect(last).toBeGreaterThan(0);
    for (let count = 0; count <= last; count += sse.length > 400 ? 7 : 1) {
      const events = readStream(sse, undefined, count);
      checkOrder(events);
      const end = events.at(-1);
      expect(end?.type === 'error' && ['stream_truncated', 'insufficient_quota']).toContain(end?.type === 'error' ? end.error.code : '');
    }
    expect(whole.filter(isEnd)).toHaveLength(1);
  });

  test('openai-error-1-stream is the quota error it reports', async () => {
    const events = readStream(await sseEvents(find('openai-error-1-stream').response.sse ?? ''));
    expect(events.map((event) => event.type)).toEqual(['start', 'error']);
    const last = events.at(-1);
    expect(last?.type === 'error' && [last.error.class, last.error.status]).toEqual(['quota', 429]);
  });
});

const event = (type: string, fields: JsonObject): { event: string; data: string } => ({
  event: type,
  data: JSON.stringify({ type, ...fields }),
});
const read = (...events: { event: string; data: string }[]): ChatResponse => {
  const collected = collect(readStream(events));
  if (!collected.ok) throw collected.error;
  return collected.value;
};
const completed = event('response.completed', { response: { id: 'resp_1', status: 'completed' } });

describe('vendors that leave events out', () => {
  test('only the terminal event', () => {
    const output = [
      { type: 'message', id: 'm', content: [{ type: 'output_text', text: 'hi' }] },
      { type: 'function_call', call_id: 'a', name: 'f', arguments: '{}' },
    ];
    const response = read(event('response.completed', { response: { id: 'resp_1', status: 'completed', output } }));
    expect(response.choices[0]).toMatchObject({
      content: [{ text: 'hi' }, { id: 'a', arguments: '{}' }],
      finish: { reason: 'tool-calls' },
    });
  });

  test('only output_item.done', () => {
    const response = read(
      event('response.output_item.done', {
        output_index: 0,
        item: { type: 'reasoning', id: 'rs', summary: [{ type: 'summary_text', text: 'hm' }], encrypted_content: 'E' },
      }),
      event('response.output_item.done', {
        output_index: 1,
        item: { type: 'function_call', call_id: 'a', name: 'f', arguments: '{"x":1}' },
      }),
      completed,
    );
    expect(response.choices[0]?.content).toMatchObject([
      { text: 'hm', signature: { value: 'E' } },
      { name: 'f', arguments: '{"x":1}' },
    ]);
  });

  test('contents numbered throughout the response, as Bedrock does: the whole item repeats what was streamed', () => {
    const item = { type: 'message', id: 'm', role: 'assistant', content: [{ type: 'output_text', text: 'hi', annotations: [] }] };
    const response = read(
      event('response.output_item.added', { output_index: 1, item: { ...item, content: [] } }),
      event('response.output_text.delta', { output_index: 1, content_index: 1, delta: 'h' }),
      event('response.output_item.done', { output_index: 1, item }),
      completed,
    );
    expect(response.choices[0]?.content).toMatchObject([{ type: 'text', text: 'hi' }]);
  });

  test('only deltas, without an item and without indexes', () => {
    const response = read(
      event('response.output_text.delta', { item_id: 'm', delta: 'he' }),
      event('response.output_text.delta', { item_id: 'm', delta: 'llo' }),
      completed,
    );
    expect(response.choices[0]?.content).toMatchObject([{ type: 'text', text: 'hello' }]);
  });

  test('arguments only in their done event, and part of them only there', () => {
    const added = (index: number): { event: string; data: string } =>
      event('response.output_item.added', {
        output_index: index,
        item: { type: 'function_call', call_id: `c${index}`, name: 'f', arguments: '' },
      });
    const response = read(
      added(0),
      event('response.function_call_arguments.done', { output_index: 0, arguments: '{"a":1}' }),
      added(1),
      event('response.function_call_arguments.delta', { output_index: 1, delta: '{"b"' }),
      event('response.function_call_arguments.done', { output_index: 1, arguments: '{"b":2}' }),
      completed,
    );
    expect(response.choices[0]?.content).toMatchObject([{ arguments: '{"a":1}' }, { arguments: '{"b":2}' }]);
  });

  test('interleaved calls keep to their own arguments', () => {
    const added = (index: number): { event: string; data: string } =>
      event('response.output_item.added', { output_index: index, item: { type: 'function_call', call_id: `c${index}`, name: 'f' } });
    const delta = (index: number, text: string): { event: string; data: string } =>
      event('response.function_call_arguments.delta', { output_index: index, delta: text });
    expect(
      read(added(0), added(1), delta(0, '{"a'), delta(1, '{"b'), delta(0, '":1}'), delta(1, '":2}'), completed).choices[0]?.content,
    ).toMatchObject([{ arguments: '{"a":1}' }, { arguments: '{"b":2}' }]);
  });

  test('summary parts are set apart', () => {
    const delta = (index: number, text: string): { event: string; data: string } =>
      event('response.reasoning_summary_text.delta', { output_index: 0, summary_index: index, delta: text });
    expect(
      read(
        event('response.output_item.added', { output_index: 0, item: { type: 'reasoning', id: 'rs' } }),
        delta(0, 'one'),
        delta(1, 'two'),
        completed,
      ).choices[0]?.content,
    ).toMatchObject([{ type: 'reasoning', text: 'one\n\ntwo' }]);
  });

  test('unknown events, broken JSON and a [DONE] are passed over', () => {
    const events = [
      event('codex.rate_limits', { x: 1 }),
      event('keepalive', {}),
      { event: 'message', data: '{oops' },
      event('response.output_text.delta', { delta: 'a', item_id: 'm' }),
      event('response.new_thing.delta', { output_index: 9, delta: 'x' }),
      completed,
      { event: 'message', data: '[DONE]' },
    ];
    expect(read(...events).choices[0]?.content).toMatchObject([{ text: 'a' }]);
  });
});

describe('a stream with holes', () => {
  test.each(named(streams))(
    '%s without any one kind of event, or every third event, still ends in order and once',
    async (_name, recording) => {
      const sse = await sseEvents(recording.response.sse ?? '');
      const kinds = [...new Set(sse.map((one) => one.event))];
      const holed = [...kinds.map((kind) => sse.filter((one) => one.event !== kind)), sse.filter((_one, index) => index % 3 !== 0)];
      for (const events of holed) {
        const told = readStream(events);
        checkOrder(told);
        expect(told.filter(isEnd)).toHaveLength(1);
      }
    },
  );

  test('fields of the wrong kind are passed over', () => {
    const types = [
      'response.created',
      'response.output_item.added',
      'response.output_item.done',
      'response.content_part.added',
      'response.content_part.done',
      'response.output_text.delta',
    ];
    const odd: JsonObject[] = [
      {},
      { item: 3 },
      { item: { type: 'message', content: 'x' }, output_index: 'a' },
      { part: null, item_id: 4 },
      { delta: {}, response: [] },
    ];
    const events = types.flatMap((type) => odd.map((fields) => event(type, fields)));
    const told = readStream([...events, completed]);
    checkOrder(told);
    expect(told.filter(isEnd)).toHaveLength(1);
  });

  test('a call without any id gets one', () => {
    expect(
      read(event('response.output_item.done', { item: { type: 'function_call', name: 'f', arguments: '{}' } }), completed).choices[0]
        ?.content,
    ).toMatchObject([{ id: expect.stringMatching(/^call_/) }]);
  });
});

describe('failures inside a stream', () => {
  test.each<[string, { event: string; data: string }, string]>([
    ['flat error event', event('error', { code: 'rate_limit_exceeded', message: 'Slow down', param: null }), 'rate'],
    ['nested error event', event('error', { error: { type: 'x', code: 'server_is_overloaded', message: 'busy' } }), 'overload'],
    ['error without type', { event: 'message', data: '{"error":{"message":"boom"}}' }, 'overload'],
    [
      'response.failed',
      event('response.failed', { response: { status: 'failed', error: { code: 'context_length_exceeded', message: 'too long' } } }),
      'context',
    ],
    [
      'response.failed with bad input',
      event('response.failed', { response: { error: { code: 'invalid_prompt', message: 'no' } } }),
      'request',
    ],
    ['response.failed without reason', event('response.failed', { response: {} }), 'overload'],
    ['policy', event('response.failed', { response: { error: { code: 'bio_policy', message: 'no' } } }), 'policy'],
  ])('%s', (_what, failure, expected) => {
    const events = readStream([event('response.output_text.delta', { item_id: 'm', delta: 'a' }), failure, completed]);
    const last = events.at(-1);
    expect(last?.type === 'error' && last.error.class).toBe(expected);
    expect(events.filter(isEnd)).toHaveLength(1);
  });
});

/** The rules of the wire that hold for any stream we write. */
async function checkWire(text: string): Promise<JsonObject[]> {
  const sse = await sseEvents(text);
  const events = await jsonEvents(text);
  expect(sse.map(({ event: name }) => name)).toEqual(events.map((one) => one.type));
  expect(events.map((one) => one.sequence_number)).toEqual(events.map((_one, index) => index));
  expect(events.slice(0, 2).map((one) => one.type)).toEqual(['response.created', 'response.in_progress']);
  const ends = events.filter((one) => ['response.completed', 'response.incomplete', 'response.failed'].includes(String(one.type)));
  expect(ends).toHaveLength(1);
  expect(events.at(-1)).toBe(ends[0]);
  const added = events.filter((one) => one.type === 'response.output_item.added');
  const done = events.filter((one) => one.type === 'response.output_item.done');
  expect(added.map((one) => one.output_index)).toEqual(added.map((_one, index) => index));
  if (ends[0]?.type !== 'response.failed') {
    expect(done.map((one) => one.output_index).sort()).toEqual(added.map((one) => one.output_index).sort());
    const output = asObject(ends[0]?.response)?.output;
    expect(output).toEqual([...done].sort((a, b) => Number(a.output_index) - Number(b.output_index)).map((one) => one.item));
  }
  return events;
}

describe('a written stream', () => {
  test.each(named(streams))('%s keeps the rules of the wire', async (_name, recording) => {
    const request = requestOf(recording);
    await checkWire(writeStream(readStream(await sseEvents(recording.response.sse ?? ''), request), replyContext(request)));
  });

  test('interleaved parts keep their own item', async () => {
    const events = await checkWire(
      writeStream(
        [
          { type: 'start' },
          { type: 'part-start', choice: 0, part: 0, content: { type: 'text', text: '' } },
          { type: 'part-delta', part: 0, delta: { type: 'text', text: 'a' } },
          { type: 'part-start', choice: 0, part: 1, content: { type: 'tool-call', id: 'x', name: 'f', arguments: '' } },
          { type: 'part-start', choice: 0, part: 2, content: { type: 'tool-call', id: 'y', name: 'g', arguments: '' } },
          { type: 'part-delta', part: 2, delta: { type: 'arguments', text: '{"b":1}' } },
          { type: 'part-delta', part: 0, delta: { type: 'text', text: 'b' } },
          { type: 'part-delta', part: 1, delta: { type: 'arguments', text: '{"a":1}' } },
          { type: 'part-end', part: 1 },
          { type: 'part-end', part: 0 },
          { type: 'part-end', part: 2 },
          { type: 'finish', choice: 0, finish: { reason: 'tool-calls' } },
          { type: 'usage', usage: { input: 3, output: 4 } },
        ],
        replyContext(),
      ),
    );
    expect(asObject(events.at(-1)?.response)).toMatchObject({
      output: [
        { type: 'message', content: [{ text: 'ab' }] },
        { call_id: 'x', arguments: '{"a":1}' },
        { call_id: 'y', arguments: '{"b":1}' },
      ],
      usage: {
        input_tokens: 3,
        output_tokens: 4,
        total_tokens: 7,
        input_tokens_details: { cached_tokens: 0 },
        output_tokens_details: { reasoning_tokens: 0 },
      },
    });
  });

  test('an error ends it as failed, and nothing comes after', async () => {
    const writer = openaiResponses.streamWriter(replyContext());
    const failed = readStream([
      event('response.output_text.delta', { item_id: 'm', delta: 'a' }),
      event('error', { code: 'rate_limit_exceeded', message: 'Slow down' }),
    ]);
    const text = failed.map((one) => writer.push(one)).join('');
    expect(writer.push({ type: 'finish', choice: 0, finish: { reason: 'stop' } })).toBe('');
    expect(writer.end()).toBe('');
    const events = await checkWire(text);
    expect(events.slice(-2)).toMatchObject([
      { type: 'error', code: 'rate_limit_exceeded', error: { code: 'rate_limit_exceeded', message: 'Slow down' } },
      { type: 'response.failed', response: { status: 'failed', error: { code: 'rate_limit_exceeded', message: 'Slow down' } } },
    ]);
  });

  test('a stream that stops without a finish is failed, not completed', async () => {
    const events = await checkWire(
      writeStream(
        [
          { type: 'start' },
          { type: 'part-start', choice: 0, part: 0, content: { type: 'text', text: '' } },
          { type: 'part-delta', part: 0, delta: { type: 'text', text: 'a' } },
        ],
        replyContext(),
      ),
    );
    expect(events.at(-1)?.type).toBe('response.failed');
  });

  test('custom tools and namespaces come back as the client offered them', async () => {
    const request = readRequest({
      model: 'm',
      input: 'x',
      tools: [
        { type: 'custom', name: 'p' },
        { type: 'namespace', name: 'n', description: '', tools: [{ type: 'function', name: 'f' }] },
      ],
    });
    const events = await checkWire(
      writeStream(
        [
          { type: 'start' },
          { type: 'part-start', choice: 0, part: 0, content: { type: 'tool-call', id: 'a', name: 'p', arguments: '' } },
          { type: 'part-delta', part: 0, delta: { type: 'arguments', text: '{"input":"te' } },
          { type: 'part-delta', part: 0, delta: { type: 'arguments', text: 'xt"}' } },
          { type: 'part-end', part: 0 },
          { type: 'part-start', choice: 0, part: 1, content: { type: 'tool-call', id: 'b', name: 'n__f', arguments: '' } },
          { type: 'part-end', part: 1 },
          { type: 'finish', choice: 0, finish: { reason: 'tool-calls' } },
        ],
        replyContext(request),
      ),
    );
    const types = events.map((one) => one.type);
    expect(types).toContain('response.custom_tool_call_input.delta');
    expect(asObject(events.at(-1)?.response)?.output).toMatchObject([
      { type: 'custom_tool_call', name: 'p', input: 'text' },
      { type: 'function_call', name: 'f', namespace: 'n', arguments: '{}' },
    ]);
  });

  test('a ping is a comment', () => {
    expect(openaiResponses.streamWriter(replyContext()).ping()).toMatch(/^:.*\n\n$/);
  });
});
