import { describe, expect, it } from 'vitest';
import { cohereChat } from '../../../src/dialects/cohere-chat/index.ts';
import { type Recording, recordings } from '../../recordings.ts';
import { answerOf, chat, context, errorIn, orderProblems, readAll, sseEvents } from '../native.ts';

const ALL = recordings(({ format, status }) => format === 'cohere-chat' && status === 200);
const STREAMED = ALL.filter(({ stream }) => stream);

function recorded(part: string): Recording {
  const found = ALL.find(({ name }) => name.includes(part));
  if (!found) throw new Error(`no recording ${part}`);
  return found;
}

const event = (data: object) => ({ data: JSON.stringify(data) });

describe('recorded Cohere answers', () => {
  it('are the four known ones, two of them streamed', () => {
    expect([ALL.length, STREAMED.length]).toEqual([4, 2]);
  });

  it('streams thinking, then a text with its citations', () => {
    const result = answerOf(cohereChat, recorded('streams-citations'));
    expect(result).toMatchObject({
      ok: true,
      value: {
        id: 'dd27c8d3-34cf-419f-8d3a-0d1247feafc3',
        choices: [{ finish: { reason: 'stop', raw: 'COMPLETE' } }],
        usage: { input: 508, cacheRead: 144, output: 86, reasoning: 28 },
      },
    });
    const [thoughts, text, ...others] = result.ok ? (result.value.choices[0]?.content ?? []) : [];
    expect(thoughts).toEqual({
      type: 'reasoning',
      text: "The document clearly states that Ruby was created by Yukihiro Matsumoto in 1993. I can directly answer the user's question using this information.",
    });
    expect(text).toMatchObject({
      type: 'text',
      text: 'According to the document, Ruby was created by **Yukihiro Matsumoto** in 1993. The document also mentions that Ruby was designed to make programmers happy and productive.',
      citations: [
        { start: 49, end: 67, title: 'facts.txt' },
        { start: 73, end: 78, title: 'facts.txt' },
      ],
    });
    expect(others).toEqual([]);
  });

  it('streams the tool plan as reasoning, then two calls with their ids', () => {
    const result = answerOf(cohereChat, recorded('tool-calls-and-streaming'));
    expect(result).toEqual({
      ok: true,
      value: {
        dialect: 'cohere-chat',
        id: 'e6d757a9-f0f3-40fe-9b8a-44cdc3bd18a7',
        choices: [
          {
            index: 0,
            content: [
              { type: 'reasoning', text: 'I will search for the current time and weather in Tokyo.' },
              { type: 'tool-call', id: 'get_time_dg5wwc00d8v5', name: 'get_time', arguments: '{\n    "location": "Tokyo"\n}' },
              { type: 'tool-call', id: 'get_weather_bc8241gkqss5', name: 'get_weather', arguments: '{\n    "location": "Tokyo"\n}' },
            ],
            finish: { reason: 'tool-calls', raw: 'TOOL_CALL' },
          },
        ],
        usage: { input: 968, output: 83 },
      },
    });
  });

  it('reads a whole answer with three calls', () => {
    const ids = ['dice_roll_x9cnzmemn5h2', 'dice_roll_8trmzqnee472', 'dice_roll_wwc18814ar3c'];
    expect(answerOf(cohereChat, recorded('multiple-tool-calls'))).toEqual({
      ok: true,
      value: {
        dialect: 'cohere-chat',
        id: '6ba2c42a-0a19-4bc7-89d0-75f81c2f56a5',
        choices: [
          {
            index: 0,
            content: [
              { type: 'reasoning', text: 'I will roll the dice three times.' },
              ...ids.map((id) => ({ type: 'tool-call', id, name: 'dice_roll', arguments: '{}' })),
            ],
            finish: { reason: 'tool-calls', raw: 'TOOL_CALL' },
          },
        ],
        usage: { input: 1490, cacheRead: 112, output: 94 },
      },
    });
  });

  it('hangs the citations of a whole answer on the text block they name, each at its place', () => {
    const result = answerOf(cohereChat, recorded('cites-tool-results'));
    const content = result.ok ? (result.value.choices[0]?.content ?? []) : [];
    expect(content.map(({ type }) => type)).toEqual(['reasoning', 'text']);
    const text = content[1]?.type === 'text' ? content[1] : undefined;
    expect(text?.citations?.map(({ start, end }) => text.text.slice(start, end))).toEqual([
      'Yukihiro Matsumoto',
      '1993.',
      'Ruby Facts',
      'https://example.com/ruby-facts',
      '"The Ruby programming language was created by Yukihiro Matsumoto in 1993."',
    ]);
    expect(text?.citations?.[0]).toMatchObject({ url: 'https://example.com/ruby-facts', title: 'Ruby Facts' });
    expect(result).toMatchObject({ value: { usage: { input: 379, cacheRead: 144, output: 164, reasoning: 54 } } });
  });

  it.each(STREAMED.map((recording) => [recording.name, recording] as const))(
    'keeps the order of events, cut at every event: %s',
    (_, recording) => {
      const events = sseEvents(recording);
      // The last event is `[DONE]`, which says nothing more.
      const whole = events.findIndex(({ event: name }) => name === 'message-end') + 1;
      expect(whole).toBeGreaterThan(1);
      for (let count = 0; count <= events.length; count++) {
        const read = readAll(cohereChat, events.slice(0, count));
        expect(orderProblems(read), `after ${count} events`).toEqual([]);
        const error = errorIn(read);
        if (count >= whole) expect(error).toBeUndefined();
        else expect(error).toMatchObject({ class: 'network', code: 'stream_truncated' });
      }
    },
  );
});

describe('a Cohere answer', () => {
  const end = (delta: object) => event({ type: 'message-end', delta });
  const start = event({ type: 'message-start', id: 'a' });
  const says = (text: string, index = 0) => event({ type: 'content-delta', index, delta: { message: { content: { text } } } });

  it('takes citations that come behind the end of their text', () => {
    const events = readAll(cohereChat, [
      start,
      says('Sun 🌞 rises'),
      event({ type: 'content-end', index: 0 }),
      event({ type: 'citation-start', index: 0, delta: { message: { citations: { start: 6, end: 11, text: 'rises', sources: [] } } } }),
      end({ finish_reason: 'COMPLETE' }),
    ]);
    expect(orderProblems(events)).toEqual([]);
    // Counted in code points; the canonical offsets are UTF-16 units.
    expect(events).toContainEqual(
      expect.objectContaining({ delta: { type: 'citation', citation: expect.objectContaining({ start: 7, end: 12 }) } }),
    );
  });

  it.each(STREAMED.map((recording) => [recording.name, recording] as const))(
    'ends each part before the next begins: %s',
    (_, recording) => {
      const parts = readAll(cohereChat, sseEvents(recording)).filter(({ type }) => type === 'part-start' || type === 'part-end');
      expect(parts.length).toBeGreaterThan(2);
      expect(parts.map(({ type }) => type)).toEqual(parts.map((_part, at) => (at % 2 === 0 ? 'part-start' : 'part-end')));
    },
  );

  it('leaves out the offsets of a citation that does not stand where it says', () => {
    const body = {
      finish_reason: 'COMPLETE',
      message: { role: 'assistant', content: [{ type: 'text', text: 'abc' }], citations: [{ start: 1, end: 3, text: 'xy' }] },
    };
    const read = cohereChat.readResponse(body, context());
    const part = read.ok ? read.value.choices[0]?.content[0] : undefined;
    expect(part).toMatchObject({ type: 'text', citations: [{ raw: { dialect: 'cohere-chat' } }] });
    expect(part?.type === 'text' && part.citations?.[0]).not.toHaveProperty('start');
  });

  it.each([
    ['COMPLETE', 'stop'],
    ['STOP_SEQUENCE', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['NEW_WORD', 'other'],
  ])('ends with %s as %s', (finish_reason, reason) => {
    const events = readAll(cohereChat, [start, says('Hi'), end({ finish_reason })]);
    expect(events.at(-1)).toEqual({ type: 'finish', choice: 0, finish: { reason, raw: finish_reason } });
  });

  it.each([
    [
      { finish_reason: 'ERROR', error: 'model crashed' },
      { class: 'overload', message: 'model crashed' },
    ],
    [{ finish_reason: 'TIMEOUT' }, { class: 'network', code: 'timeout' }],
  ])('is a failure when it broke off: %o', (delta, expected) => {
    const events = readAll(cohereChat, [start, says('Hi'), end({ ...delta, usage: { tokens: { input_tokens: 3 } } })]);
    expect(errorIn(events)).toMatchObject(expected);
    expect(events).toContainEqual({ type: 'usage', usage: { input: 3 } });
    expect(cohereChat.readResponse({ ...delta, message: { role: 'assistant', content: [] } }, context())).toMatchObject({ ok: false });
  });

  it('is none when the error is empty', () => {
    expect(errorIn(readAll(cohereChat, [start, says('Hi'), end({ finish_reason: 'COMPLETE', error: '' })]))).toBeUndefined();
  });

  it('is a failure when an error body comes where an event was expected', () => {
    const events = readAll(cohereChat, [event({ id: 'x', message: 'internal server error' })]);
    expect(errorIn(events)).toMatchObject({ class: 'overload', message: 'internal server error' });
    expect(cohereChat.readResponse({ id: 'x', message: 'internal server error' }, context())).toMatchObject({
      ok: false,
      error: { class: 'overload' },
    });
  });

  it('counts billed units only where no tokens are told, and nothing where neither is', () => {
    const usage = (told: object) =>
      readAll(cohereChat, [start, says('Hi'), end({ finish_reason: 'COMPLETE', usage: told })]).find(({ type }) => type === 'usage');
    expect(usage({ billed_units: { input_tokens: 1, output_tokens: 2 }, tokens: { input_tokens: 10 } })).toEqual({
      type: 'usage',
      usage: { input: 10 },
    });
    expect(usage({ billed_units: { input_tokens: 1, output_tokens: 2 } })).toEqual({ type: 'usage', usage: { input: 1, output: 2 } });
    expect(usage({})).toEqual({ type: 'usage', usage: {} });
  });

  it('gives back the client’s own tool names and free-form calls', () => {
    const custom = { type: 'custom', name: 'apply patch!' } as const;
    const request = chat({ tools: [custom, { type: 'function', name: 'mcp.read/file' }] });
    const called = (index: number, name: string, args: string) => [
      event({ type: 'tool-call-start', index, delta: { message: { tool_calls: { id: `c${index}`, function: { name, arguments: '' } } } } }),
      event({ type: 'tool-call-delta', index, delta: { message: { tool_calls: { function: { arguments: args } } } } }),
      event({ type: 'tool-call-end', index }),
    ];
    const events = [
      start,
      ...called(0, 'apply_patch_', '{"input":"*** Begin"}'),
      ...called(1, 'mcp_read_file', ''),
      end({ finish_reason: 'TOOL_CALL' }),
    ];
    const parts = readAll(cohereChat, events, context(request));
    expect(orderProblems(parts)).toEqual([]);
    expect(parts.filter(({ type }) => type === 'part-start')).toMatchObject([
      { content: { id: 'c0', name: 'apply patch!', kind: 'custom' } },
      { content: { id: 'c1', name: 'mcp.read/file' } },
    ]);
    expect(parts.flatMap((part) => (part.type === 'part-delta' && part.delta.type === 'arguments' ? [part.delta.text] : []))).toEqual([
      '*** Begin',
      '{}',
    ]);
  });

  it('sums the chances of the tokens in a chunk', () => {
    const logprobs = { text: 'Hello', token_ids: [1, 2], logprobs: [-0.5, -0.25] };
    const delta = { message: { content: { text: 'Hello' } } };
    const events = readAll(cohereChat, [
      start,
      event({ type: 'content-delta', index: 0, delta, logprobs }),
      end({ finish_reason: 'COMPLETE' }),
    ]);
    expect(events).toContainEqual({
      type: 'part-delta',
      part: 0,
      delta: { type: 'logprobs', logprobs: [{ token: 'Hello', logprob: -0.75 }] },
    });
  });
});
