import { describe, expect, it } from 'vitest';
import { Collector, eventsOf } from '../../../src/conversation/collect.ts';
import { asArray, asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { readUsage } from '../../../src/dialects/openai-chat/usage.ts';
import {
  errorOf,
  ok,
  readContext,
  readSse,
  readStream,
  replyContext,
  requestOf,
  sseEvents,
  streamed,
  whole,
  wholeOf,
  writeStream,
} from './support.ts';

/** The order that `stream-event.ts` promises. */
function expectOrder(events: readonly StreamEvent[]): void {
  const open = new Set<number>();
  let parts = 0;
  let finished = false;
  expect(events.filter((event) => event.type === 'start').length).toBeLessThanOrEqual(1);
  for (const [at, event] of events.entries()) {
    if (finished) expect(['usage', 'finish']).toContain(event.type);
    if (event.type === 'error') expect(at).toBe(events.length - 1);
    if (event.type === 'part-start') {
      expect(event.part).toBe(parts++);
      open.add(event.part);
    }
    if (event.type === 'part-delta') expect(open.has(event.part)).toBe(true);
    if (event.type === 'part-end') expect(open.delete(event.part)).toBe(true);
    if (event.type === 'finish') finished = true;
  }
  if (finished) expect(open.size).toBe(0);
}

function collect(events: Iterable<StreamEvent>): ChatResponse {
  const collector = new Collector('openai-chat');
  for (const event of events) collector.push(event);
  const result = collector.result();
  if (!result.ok) throw result.error;
  return result.value;
}

/** What the bytes say, counted by hand of the reader: content, reasoning and arguments strung together. */
function rawText(events: { data: string }[], field: (delta: JsonObject) => string): string {
  return events
    .filter(({ data }) => data !== '[DONE]')
    .flatMap(({ data }) => asArray(asObject(JSON.parse(data))?.choices))
    .map((choice) => (asObject(choice)?.index === 0 ? field(asObject(asObject(choice)?.delta) ?? {}) : ''))
    .join('');
}

const textOf = (response: ChatResponse, type: string) =>
  (response.choices[0]?.content ?? []).map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');

const healthy = streamed.filter((recording) => !recording.features.includes('stream-error'));

describe('recorded streams', () => {
  it.each(healthy.map((recording) => [recording.name, recording] as const))('%s reads whole', (_name, recording) => {
    const sse = sseEvents(recording.response.sse ?? '');
    const events = readStream(sse, requestOf(recording));
    expectOrder(events);
    const response = collect(events);
    expect(textOf(response, 'text')).toBe(
      rawText(sse, (delta) =>
        typeof delta.content === 'string'
          ? delta.content
          : asArray(delta.content)
              .map((part) => asString(asObject(part)?.text) ?? '')
              .join(''),
      ),
    );
    const calls = (response.choices[0]?.content ?? []).map((part) => (part.type === 'tool-call' ? part.arguments : '')).join('');
    const raw = rawText(sse, (delta) =>
      asArray(delta.tool_calls)
        .map((call) => asString(asObject(asObject(call)?.function)?.arguments) ?? '')
        .join(''),
    );
    expect(calls).toBe(raw || calls);
    if (recording.features.includes('tools')) expect(response.choices[0]?.finish.reason).toBe('tool-calls');
    if (recording.features.includes('thinking')) expect(textOf(response, 'reasoning')).not.toBe('');
    if (recording.features.includes('stream-usage')) expect(response.usage?.output).toBeGreaterThan(0);
    if (recording.features.includes('citations')) expect(JSON.stringify(response.choices)).toContain('"citations"');
  });

  it.each(healthy.map((recording) => [recording.name, recording] as const))('%s cut anywhere is never a clean end', (_name, recording) => {
    const sse = sseEvents(recording.response.sse ?? '');
    const finishes = new Set<number>();
    for (const [at, event] of sse.entries()) {
      const events = readStream(sse.slice(0, at), requestOf(recording));
      expectOrder(events);
      const complete = finishes.size > 0 && finishes.size >= Number(recording.request?.body.n ?? 1);
      const error = errorOf(events);
      if (complete) expect(error).toBeUndefined();
      else expect(error).toMatchObject({ class: 'network', code: 'stream_truncated' });
      expect(events.some((each) => each.type === 'finish')).toBe(complete);
      for (const choice of asArray(asObject(event.data === '[DONE]' ? {} : JSON.parse(event.data))?.choices)) {
        const { index, finish_reason } = choice as JsonObject;
        if (finish_reason) finishes.add(Number(index));
      }
    }
  });

  it('openrouter-stream-error ends in the error that its last chunk holds, its usage kept', () => {
    const recording = streamed.find(({ name }) => name === 'openrouter-stream-error');
    const events = readSse(recording?.response.sse ?? '');
    expectOrder(events);
    expect(errorOf(events)).toMatchObject({ class: 'request', status: 400, message: 'Token limit reached' });
    expect(events).toContainEqual({ type: 'usage', usage: expect.objectContaining({ input: 43, output: 10, reasoning: 11 }) });
    expect(events.some((event) => event.type === 'finish')).toBe(false);
  });
});

describe('what our writer makes of a recorded answer', () => {
  it.each(healthy.map((recording) => [recording.name, recording] as const))('%s streamed again reads the same', (_name, recording) => {
    const request = { ...requestOf(recording), includeUsage: true };
    const first = collect(readSse(recording.response.sse ?? '', request));
    const again = collect(readSse(writeStream([...eventsOf(first)], request), request));
    expect(comparable(again, first)).toEqual(comparable(first, first));
  });

  it.each(ok.filter((recording) => recording.response.body).map((recording) => [recording.name, recording] as const))(
    '%s written whole reads the same, and so does it streamed',
    (_name, recording) => {
      const request = { ...requestOf(recording), includeUsage: true };
      const first = wholeOf(recording);
      const written = openaiChat.readResponse(openaiChat.writeResponse(first, replyContext(request)), readContext(request));
      if (!written.ok) throw written.error;
      expect(comparable(written.value, first)).toEqual(comparable(first, first));
      const streamedAgain = collect(readSse(writeStream([...eventsOf(first)], request), request));
      expect(comparable(streamedAgain, first)).toEqual(comparable(first, first));
    },
  );
});

/** Without the vendor's own words for finishes and citations and its count of searches, for which OpenAI has no field, and with the id in the form our answers have, where there was one. */
function comparable(response: ChatResponse, first: ChatResponse): unknown {
  const id = first.id && response.id?.replace(/^chatcmpl-/, '').replace(/[^\w-]/g, '');
  const choices = response.choices.map((choice) => ({ ...choice, finish: { reason: choice.finish.reason } }));
  const plain = JSON.parse(JSON.stringify(choices, (key, value) => (key === 'raw' ? undefined : value)));
  const { webSearches: _searches, ...usage } = response.usage ?? {};
  return { model: response.model, usage, choices: plain, ...(id ? { id } : {}) };
}

describe('recorded whole answers', () => {
  it.each(whole.map((recording) => [recording.name, recording] as const))('%s reads', (_name, recording) => {
    const response = wholeOf(recording);
    const body = recording.response.body as JsonObject;
    const message = asObject(asObject(asArray(body.choices)[0])?.message);
    expect(textOf(response, 'text')).toBe(asString(message?.content) ?? '');
    expect(response.choices).toHaveLength(asArray(body.choices).length);
    expect(response.usage?.input).toBe(asObject(body.usage)?.prompt_tokens);
    if (recording.features.includes('thinking')) expect(JSON.stringify(response)).toContain('"reasoning"');
    if (recording.features.includes('tools')) expect(response.choices[0]?.finish.reason).toBe('tool-calls');
    if (recording.features.includes('citations') && !recording.name.includes('file-annotation')) {
      expect(JSON.stringify(response.choices)).toContain('"citations"');
    }
  });

  const named = (name: string) => {
    const found = whole.find((recording) => recording.name.startsWith(name));
    if (!found) throw new Error(`no recording ${name}`);
    return wholeOf(found);
  };

  it('an Azure content filter leaves no message, and says why', () => {
    expect(named('azure-chat-content-filtering').choices).toEqual([
      { index: 0, content: [], finish: { reason: 'content-filter', raw: 'content_filter' } },
    ]);
  });

  it("a legacy function_call is a tool call, Snowflake's empty one is none", () => {
    expect(named('openai-lcel-with-datetime').choices[0]?.content).toMatchObject([{ type: 'tool-call', id: 'call_new0', name: 'Joke' }]);
    expect(named('snowflake-native-output').choices[0]?.content.map((part) => part.type)).toEqual(['text']);
  });

  it('audio is one part with its transcript', () => {
    expect(named('openai-completion-audio-output').choices[0]?.content).toEqual([
      {
        type: 'audio',
        id: 'audio_abc123',
        transcript: 'Hello! How can I help you today?',
        source: { kind: 'base64', mimeType: 'audio/wav', data: 'QUJDRA==' },
      },
    ]);
  });

  it('two choices stay two', () => {
    expect(named('openai-completion').choices.map((choice) => choice.index)).toEqual([0, 1]);
  });

  it("Google's thought signature hangs on its text", () => {
    expect(named('google-compatible-api').choices[0]?.content[0]).toMatchObject({ type: 'text', signature: { dialect: 'openai-chat' } });
  });
});

describe('usage', () => {
  const usage = (name: string) => {
    const recording = ok.find((each) => each.name.startsWith(name));
    if (!recording) throw new Error(`no recording ${name}`);
    return recording.response.body ? wholeOf(recording).usage : collect(readSse(recording.response.sse ?? '', requestOf(recording))).usage;
  };

  it('counts cached input in, wherever the vendor puts it', () => {
    expect(usage('crusoe-tool-calling')).toEqual({ input: 214, cacheRead: 64, output: 54, reasoning: 20 });
    expect(usage('mistral-multimodal')).toEqual({ input: 979, cacheRead: 32, output: 152 });
    expect(usage('deepseek-deferred')).toEqual({ input: 875, cacheRead: 0, output: 79, reasoning: 26 });
    expect(usage('together-chat-stream')).toEqual({ input: 41, cacheRead: 0, output: 15 });
  });

  it("adds reasoning to the output where xAI's total says it was left out", () => {
    expect(usage('xai-text-stream')).toEqual({ input: 12, cacheRead: 11, output: 291, reasoning: 290 });
  });

  it('is read from beside the finish', () => {
    expect(usage('groq-tool-use-failed')).toEqual({ input: 304, output: 49, reasoning: 23 });
    expect(usage('moonshotai-stream')).toEqual({ input: 9, output: 12, reasoning: 7 });
  });

  it('counts as input what Mistral heard, which its total has beside the prompt', () => {
    const heard = {
      prompt_tokens: 9,
      completion_tokens: 201,
      total_tokens: 585,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 375 },
    };
    expect(readUsage(heard)).toEqual({ input: 384, inputAudio: 375, cacheRead: 0, output: 201 });
    const counted = { ...heard, prompt_tokens: 384 };
    expect(readUsage(counted)).toEqual(readUsage(heard));
  });

  it("counts as output what Google's total alone tells of thoughts", () => {
    expect(usage('google-compatible-api')).toEqual({ input: 66, output: 34, reasoning: 28 });
  });
});
