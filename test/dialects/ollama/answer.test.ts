import { describe, expect, it } from 'vitest';
import { ollama } from '../../../src/dialects/ollama/index.ts';
import { type Recording, recordings } from '../../recordings.ts';
import { answerOf, chat, context, errorIn, orderProblems, readAll, sseEvents } from '../native.ts';

const ALL = recordings(({ format, status }) => format === 'ollama' && status === 200);
const STREAMED = ALL.filter(({ stream }) => stream);

function recorded(part: string): Recording {
  const found = ALL.find(({ name }) => name.includes(part));
  if (!found) throw new Error(`no recording ${part}`);
  return found;
}

const line = (data: object) => ({ data: JSON.stringify(data) });
const says = (message: object, more: object = {}) =>
  line({ model: 'm', created_at: '2026-08-07T06:08:11.017589Z', message, done: false, ...more });
const done = (more: object = {}) =>
  line({ model: 'm', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', ...more });

describe('recorded Ollama answers', () => {
  it('are the three known ones, two of them streamed by /api/generate', () => {
    expect([ALL.length, STREAMED.length]).toEqual([3, 2]);
    expect(STREAMED.map(({ request }) => request?.path)).toEqual(['/api/generate', '/api/generate']);
  });

  it('reads a whole answer that thinks and calls a tool', () => {
    const result = answerOf(ollama, recorded('callable-tool'));
    expect(result).toMatchObject({
      ok: true,
      value: {
        dialect: 'ollama',
        model: 'qwen3.6:latest',
        created: 1786082891,
        choices: [{ finish: { reason: 'tool-calls', raw: 'stop' } }],
        usage: { input: 310, output: 145 },
      },
    });
    const content = result.ok ? result.value.choices[0]?.content : [];
    expect(content).toEqual([
      { type: 'reasoning', text: expect.stringMatching(/^Thinking Process:\n1\. Identify.*return the result\.✅$/s) },
      { type: 'tool-call', id: 'call_2k7ryu9k', name: 'add_two_numbers', arguments: '{"a":2,"b":3}' },
    ]);
  });

  it.each([
    [
      'generation-legacy',
      'llama3',
      1716583716,
      { input: 17, output: 71 },
      /^A joke about OpenTelemetry! Here's one:\n\n.*stages of development!\)$/s,
    ],
    [
      'streaming-metrics',
      'gemma3:1b',
      1747646819,
      { input: 16, output: 51 },
      /^Okay, here's a joke about OpenTelemetry:\n\n.*another one\? 😊$/s,
    ],
  ])('streams %s', (part, model, created, usage, text) => {
    expect(answerOf(ollama, recorded(part))).toEqual({
      ok: true,
      value: {
        dialect: 'ollama',
        model,
        created,
        choices: [{ index: 0, content: [{ type: 'text', text: expect.stringMatching(text) }], finish: { reason: 'stop', raw: 'stop' } }],
        usage,
      },
    });
  });

  it.each(STREAMED.map((recording) => [recording.name, recording] as const))(
    'keeps the order of events, cut at every line: %s',
    (_, recording) => {
      const events = sseEvents(recording);
      expect(events.length).toBeGreaterThan(40);
      for (let count = 0; count <= events.length; count++) {
        const read = readAll(ollama, events.slice(0, count));
        expect(orderProblems(read), `after ${count} lines`).toEqual([]);
        if (count === events.length) expect(errorIn(read)).toBeUndefined();
        else expect(errorIn(read)).toMatchObject({ class: 'network', code: 'stream_truncated' });
      }
    },
  );
});

describe('an Ollama answer', () => {
  it('streams thoughts, text and calls, each part whole before the next', () => {
    const events = readAll(ollama, [
      says({ role: 'assistant', content: '', thinking: 'H' }),
      says({ role: 'assistant', content: '', thinking: 'm.' }),
      says({ role: 'assistant', content: 'I ' }),
      says({ role: 'assistant', content: 'look.' }),
      says({ role: 'assistant', content: '', tool_calls: [{ function: { name: 'a', arguments: { x: 1 } } }] }),
      says({ role: 'assistant', content: '', tool_calls: [{ id: 'call_9', function: { index: 1, name: 'b', arguments: {} } }] }),
      done({ prompt_eval_count: 12, prompt_eval_cached_count: 5, eval_count: 3 }),
    ]);
    expect(orderProblems(events)).toEqual([]);
    expect(events).toEqual([
      { type: 'start', model: 'm', created: 1786082891 },
      { type: 'part-start', choice: 0, part: 0, content: { type: 'reasoning', text: '' } },
      { type: 'part-delta', part: 0, delta: { type: 'text', text: 'H' } },
      { type: 'part-delta', part: 0, delta: { type: 'text', text: 'm.' } },
      { type: 'part-end', part: 0 },
      { type: 'part-start', choice: 0, part: 1, content: { type: 'text', text: '' } },
      { type: 'part-delta', part: 1, delta: { type: 'text', text: 'I ' } },
      { type: 'part-delta', part: 1, delta: { type: 'text', text: 'look.' } },
      { type: 'part-end', part: 1 },
      { type: 'part-start', choice: 0, part: 2, content: { type: 'tool-call', id: 'call_new', name: 'a', arguments: '' } },
      { type: 'part-delta', part: 2, delta: { type: 'arguments', text: '{"x":1}' } },
      { type: 'part-end', part: 2 },
      { type: 'part-start', choice: 0, part: 3, content: { type: 'tool-call', id: 'call_9', name: 'b', arguments: '' } },
      { type: 'part-delta', part: 3, delta: { type: 'arguments', text: '{}' } },
      { type: 'part-end', part: 3 },
      { type: 'usage', usage: { input: 12, cacheRead: 5, output: 3 } },
      { type: 'finish', choice: 0, finish: { reason: 'tool-calls', raw: 'stop' } },
    ]);
  });

  it('ends with an error line as a failure of its class, and reads nothing after it', () => {
    const events = readAll(ollama, [
      says({ role: 'assistant', content: 'Hi' }),
      line({ error: 'an error was encountered while running the model: unexpected EOF' }),
      done(),
    ]);
    expect(orderProblems(events)).toEqual([]);
    expect(errorIn(events)).toMatchObject({ class: 'overload', message: expect.stringContaining('unexpected EOF') });
    const whole = ollama.readResponse({ error: 'model "x" not found, try pulling it first', status_code: 404 }, context());
    expect(whole).toMatchObject({ ok: false, error: { class: 'capability', status: 404 } });
  });

  it('that holds no message is empty', () => {
    expect(ollama.readResponse({ models: [] }, context())).toMatchObject({ ok: false, error: { class: 'empty' } });
    expect(errorIn(readAll(ollama, [line({ status: 'pulling' })]))).toMatchObject({ code: 'stream_truncated' });
  });

  it.each([
    ['stop', 'stop'],
    ['length', 'length'],
    ['load', 'other'],
    [undefined, 'stop'],
  ])('ends with %s as %s', (done_reason, reason) => {
    const events = readAll(ollama, [says({ role: 'assistant', content: 'Hi' }), done({ done_reason })]);
    expect(events.at(-1)).toMatchObject({ type: 'finish', finish: { reason } });
  });

  it('leaves a count it was not told unknown', () => {
    const usage = (told: object) => readAll(ollama, [done(told)]).filter(({ type }) => type === 'usage');
    expect(usage({})).toEqual([]);
    expect(usage({ eval_count: 3 })).toEqual([{ type: 'usage', usage: { output: 3 } }]);
    expect(usage({ prompt_eval_count: 0, eval_count: 3 })).toEqual([{ type: 'usage', usage: { input: 0, output: 3 } }]);
  });

  it('gives back the client’s own tool names and free-form calls, streamed and whole', () => {
    const request = chat({
      tools: [
        { type: 'custom', name: 'apply patch!' },
        { type: 'function', name: 'read/file' },
      ],
    });
    const tool_calls = [
      { id: 'c0', function: { name: 'apply_patch_', arguments: { input: '*** Begin' } } },
      { id: 'c1', function: { name: 'read_file', arguments: '{"raw":1}' } },
    ];
    const message = { role: 'assistant', content: '', tool_calls };
    const expected = [
      { type: 'tool-call', id: 'c0', name: 'apply patch!', kind: 'custom', arguments: '*** Begin' },
      { type: 'tool-call', id: 'c1', name: 'read/file', arguments: '{"raw":1}' },
    ];
    const whole = ollama.readResponse({ message, done: true }, context(request));
    expect(whole.ok && whole.value.choices[0]?.content).toEqual(expected);
    const recording = { ...recorded('metrics'), response: { status: 200, headers: {}, ndjson: `${says(message).data}\n${done().data}` } };
    const streamed = answerOf(ollama, recording, context(request));
    expect(streamed.ok && streamed.value.choices[0]?.content).toEqual(expected);
  });

  it('carries the chances of its tokens', () => {
    const logprobs = [{ token: 'Hi', logprob: -0.1, bytes: [72, 105], top_logprobs: [{ token: 'Ho', logprob: -2 }] }];
    const read = { token: 'Hi', logprob: -0.1, bytes: [72, 105], top: [{ token: 'Ho', logprob: -2 }] };
    const whole = ollama.readResponse({ message: { content: 'Hi' }, done: true, logprobs }, context());
    expect(whole.ok && whole.value.choices[0]?.logprobs).toEqual([read]);
    expect(readAll(ollama, [says({ content: 'Hi' }, { logprobs }), done()])).toContainEqual({
      type: 'part-delta',
      part: 0,
      delta: { type: 'logprobs', logprobs: [read] },
    });
  });
});
