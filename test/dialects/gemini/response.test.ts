import { describe, expect, it } from 'vitest';
import { Collector, eventsOf } from '../../../src/conversation/collect.ts';
import { isObject, type Json } from '../../../src/conversation/json.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { arrayStreamWriter, gemini, JsonArraySplitter, readArray } from '../../../src/dialects/gemini/index.ts';
import { chats, chunksOf, emptyRequest, eventsOfSse, named, readContext, replyContext } from './support.ts';

const whole = chats.filter((chat) => isObject(chat.response.body));
const streamed = chats.filter((chat) => chat.stream);

function readWhole(name: string): ChatResponse {
  const chat = named(name);
  const read = gemini.readResponse(isObject(chat.response.body) ? chat.response.body : {}, readContext(chat));
  if (!read.ok) throw read.error;
  return read.value;
}

function readStream(name: string): { events: StreamEvent[]; response: ChatResponse } {
  const chat = named(name);
  const reader = gemini.streamReader(readContext(chat));
  const events = [...chunksOf(chat).flatMap((chunk) => reader.push({ data: JSON.stringify(chunk) })), ...reader.end()];
  const collector = new Collector('gemini');
  for (const event of events) collector.push(event);
  const result = collector.result();
  if (!result.ok) throw result.error;
  return { events, response: result.value };
}

/** The grammar that stream-event.ts states. */
function expectWellFormed(events: StreamEvent[]): void {
  const open = new Set<number>();
  let next = 0;
  let over = false;
  for (const [at, event] of events.entries()) {
    expect(over && event.type !== 'usage').toBe(false);
    if (event.type === 'start') expect(at).toBe(0);
    if (event.type === 'part-start') {
      expect(event.part).toBe(next++);
      open.add(event.part);
    }
    if (event.type === 'part-delta') expect(open.has(event.part)).toBe(true);
    if (event.type === 'part-end') expect(open.delete(event.part)).toBe(true);
    if (event.type === 'error') over = true;
  }
  expect(open.size).toBe(0);
}

describe('reading a whole answer', () => {
  it.each(whole.map((chat) => [chat.name, chat] as const))('%s is read', (_, chat) => {
    const read = gemini.readResponse(isObject(chat.response.body) ? chat.response.body : {}, readContext(chat));
    expect(read.ok).toBe(true);
  });

  it.each([
    ['google-model-max-tokens', 'length', { input: 15, output: 5 }],
    [
      'google-function-calling-thought-signatures-gemini-gemini-3-1-pro-preview-includes-thought',
      'tool-calls',
      { input: 120, output: 164, reasoning: 132 },
    ],
    ['vertex-google-model-armor-prompt-template-text-gets-blocked-1', 'content-filter', undefined],
    [
      'vertex-multimodal-tool-return-matrix-direct-uploaded-file-video-google-vertex',
      'malformed-tool-call',
      { input: 22, output: 137, reasoning: 134 },
    ],
    ['vertex-generate-content-extra-params', 'length', { input: 5, output: 4, reasoning: 4 }],
    ['google-auto-mode-with-function-and-builtin-tools-1', 'tool-calls', { input: 510, output: 18, reasoning: 18 }],
    [
      'vertex-cachedcontent-explicit-caching-round-trip-vertexai-gemini-2-5-flash-creates-uses-an-3',
      'stop',
      { input: 9613, cacheRead: 9602, output: 72, reasoning: 39, total: 9685 },
    ],
    ['google-multimodal-tool-return-matrix-direct-uploaded-file-audio-google-2-5-1', 'stop', { input: 229, output: 17, inputAudio: 144 }],
  ] as const)('%s finishes with %s', (name, reason, usage) => {
    const response = readWhole(name);
    expect(response.choices[0]?.finish.reason).toBe(reason);
    if (usage && 'total' in usage) {
      const { total, ...rest } = usage;
      expect(response.usage).toEqual(total === rest.input + rest.output ? rest : usage);
    } else expect(response.usage).toEqual(usage);
  });

  it('keeps thoughts, calls and their signatures', () => {
    const { choices } = readWhole('google-function-calling-thought-signatures-gemini-gemini-3-1-pro-preview-includes-thought');
    expect(choices[0]?.content).toMatchObject([
      { type: 'reasoning' },
      { type: 'tool-call', id: 'call_883098', name: 'weather', signature: { dialect: 'gemini', model: 'gemini-3.1-pro-preview' } },
    ]);
  });

  it('makes ids for calls that come without', () => {
    const calls = readWhole('google-instructions-only-with-tool-calls').choices[0]?.content ?? [];
    expect(calls.map((part) => part.type === 'tool-call' && part.id)).toEqual(['call_n0', 'call_n1', 'call_n2']);
  });

  it('says why a prompt was blocked', () => {
    const { choices } = readWhole('vertex-google-model-armor-prompt-template-text-gets-blocked-1');
    expect(choices).toEqual([
      {
        index: 0,
        content: [],
        finish: { reason: 'content-filter', raw: 'MODEL_ARMOR', message: 'The prompt violated Prompt Injection and Jailbreak filters.' },
      },
    ]);
  });

  it('reads log probabilities', () => {
    expect(readWhole('vertex-google-vertex-logprobs-structure').choices[0]?.logprobs).toMatchObject([
      { token: 'Hello', top: [{ token: 'Hello' }, { token: '"' }] },
    ]);
  });

  it('places citations by UTF-16 units although they come in bytes', () => {
    const { choices } = readWhole('google-web-search-with-gemini-gemini-3-5-flash-grounds-the-answer-and-exposes-the-queries');
    const text = choices[0]?.content.find((part) => part.type === 'text');
    expect(text?.citations?.length).toBeGreaterThan(2);
    for (const citation of text?.citations ?? []) expect(text?.text.slice(citation.start, citation.end)).toBe(citation.citedText);
    const made = gemini.readResponse(
      {
        candidates: [
          {
            content: { parts: [{ text: 'Ünï 😀 sun. End' }] },
            finishReason: 'STOP',
            groundingMetadata: {
              groundingChunks: [{ web: { uri: 'https://a', title: 'A' } }],
              groundingSupports: [{ segment: { startIndex: 6, endIndex: 15, text: '😀 sun.' }, groundingChunkIndices: [0] }],
            },
          },
        ],
      },
      readContext(),
    );
    expect(made.ok && made.value.choices[0]?.content[0]).toMatchObject({
      citations: [{ url: 'https://a', title: 'A', start: 4, end: 11 }],
    });
  });

  it.each([
    ['no candidates', { candidates: [] }, 'empty'],
    ['an error body', { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } }, 'overload'],
  ])('%s is a failure', (_, body, expected) => {
    const read = gemini.readResponse(body, readContext());
    expect(read.ok ? 'ok' : read.error.class).toBe(expected);
  });

  it('gives images as images', () => {
    const read = gemini.readResponse(
      {
        candidates: [
          { content: { parts: [{ inlineData: { mimeType: 'image/png', data: 'AAAA' }, thoughtSignature: 'c2ln' }] }, finishReason: 'STOP' },
        ],
      },
      readContext(),
    );
    expect(read.ok && read.value.choices[0]?.content).toMatchObject([
      { type: 'image', source: { kind: 'base64' }, signature: { value: 'c2ln' } },
    ]);
  });
});

describe('reading a streamed answer', () => {
  it.each(streamed.map((chat) => [chat.name, chat] as const))('%s: well formed, and never finished before its finish', (_, chat) => {
    const chunks = chunksOf(chat);
    for (let cut = 0; cut <= chunks.length; cut += 1) {
      const reader = gemini.streamReader(readContext(chat));
      const events = [...chunks.slice(0, cut).flatMap((chunk) => reader.push({ data: JSON.stringify(chunk) })), ...reader.end()];
      expectWellFormed(events);
      const finished = JSON.stringify(chunks.slice(0, cut)).includes('"finishReason"');
      expect(events.some((event) => event.type === 'finish')).toBe(finished);
      expect(events.some((event) => event.type === 'error' && event.error.code === 'stream_truncated')).toBe(!finished);
    }
  });

  it.each(streamed.map((chat) => [chat.name, chat] as const))('%s: half an event is an error, not an exception', (_, chat) => {
    const reader = gemini.streamReader(readContext(chat));
    const text = JSON.stringify(chunksOf(chat)[0]);
    expect(reader.push({ data: text.slice(0, text.length / 2) })).toMatchObject([{ type: 'error' }]);
    expect(reader.end()).toEqual([]);
  });

  it('joins streamed pieces of arguments (google-stream-no-args-tool-call)', () => {
    const { response } = readStream('google-stream-no-args-tool-call');
    const calls = response.choices[0]?.content.filter((part) => part.type === 'tool-call');
    expect(calls?.map((call) => [call.name, call.arguments])).toEqual([
      ['read_theme', '{}'],
      ['read_screen', '{"id":"A"}'],
      ['read_screen', '{"id":"B"}'],
      ['read_screen', '{"id":"C"}'],
    ]);
    expect(response.choices[0]?.finish.reason).toBe('tool-calls');
  });

  it('builds nested arguments from JSON paths', () => {
    const reader = gemini.streamReader(readContext());
    const call = (functionCall: Json, more = {}) =>
      reader.push({ data: JSON.stringify({ candidates: [{ content: { parts: [{ functionCall }] }, ...more }] }) });
    const events = [
      ...call({ name: 'edit', willContinue: true }),
      ...call({ partialArgs: [{ jsonPath: "$.files[0]['a b']", stringValue: 'x', willContinue: true }], willContinue: true }),
      ...call({
        partialArgs: [
          { jsonPath: "$.files[0]['a b']", stringValue: 'y' },
          { jsonPath: '$.n', numberValue: 2 },
        ],
        willContinue: true,
      }),
      ...call({
        partialArgs: [
          { jsonPath: '$.files[1].ok', boolValue: true },
          { jsonPath: '$.nil', nullValue: 'NULL_VALUE' },
        ],
        willContinue: true,
      }),
      ...call({}, { finishReason: 'STOP' }),
      ...reader.end(),
    ];
    const collector = new Collector('gemini');
    for (const event of events) collector.push(event);
    const result = collector.result();
    const part = result.ok ? result.value.choices[0]?.content[0] : undefined;
    expect(JSON.parse(part?.type === 'tool-call' ? part.arguments : '')).toEqual({
      files: [{ 'a b': 'xy' }, { ok: true }],
      n: 2,
      nil: null,
    });
  });

  it('hangs the closing signature on the text it signs (google-streaming-reasoning)', () => {
    const { response } = readStream('google-streaming-reasoning');
    expect(response.choices[0]?.content.map((part) => [part.type, 'signature' in part && part.signature !== undefined])).toEqual([
      ['reasoning', false],
      ['text', true],
    ]);
    expect(response.usage).toEqual({ input: 11, output: 1416, reasoning: 713 });
  });

  it('shows code and its output to other dialects (google-code-execution-stream)', () => {
    const { response } = readStream('google-code-execution-stream');
    const server = response.choices[0]?.content.filter((part) => part.type === 'server');
    expect(server?.map((part) => part.name)).toEqual(['executableCode', 'codeExecutionResult']);
    expect(server?.[0]?.text).toContain('print(result)');
  });

  it('counts the searches and cites the sources (google-model-web-search-tool-stream)', () => {
    const { response } = readStream('google-model-web-search-tool-stream');
    const text = response.choices[0]?.content.find((part) => part.type === 'text');
    expect(text?.citations?.length).toBeGreaterThan(0);
    expect(response.usage).toMatchObject({ input: 119, output: 653, reasoning: 412, webSearches: 1 });
  });

  it('an error inside the stream ends it', () => {
    const reader = gemini.streamReader(readContext());
    reader.push({ data: '{"candidates":[{"content":{"parts":[{"text":"a"}]}}]}' });
    const events = reader.push({ data: '{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}' });
    expect(events).toMatchObject([{ type: 'error', error: { class: 'overload', status: 503 } }]);
    expect(reader.push({ data: '{"candidates":[{"finishReason":"STOP"}]}' })).toEqual([]);
    expect(reader.end()).toEqual([]);
  });

  it('a blocked prompt is a finished stream', () => {
    const reader = gemini.streamReader(readContext());
    reader.push({ data: '{"promptFeedback":{"blockReason":"SAFETY"}}' });
    expect(reader.end()).toMatchObject([{ type: 'finish', finish: { reason: 'content-filter', raw: 'SAFETY' } }]);
  });
});

describe('an answer as one JSON array', () => {
  const arrays = chats.filter((chat) => Array.isArray(chat.response.body));

  it.each(arrays.map((chat) => [chat.name, chat] as const))('%s reads whole as it reads in pieces', (name, chat) => {
    const read = readArray(Array.isArray(chat.response.body) ? chat.response.body : [], readContext(chat));
    expect(read.ok && read.value).toEqual(readStream(name).response);
  });

  it.each(arrays.map((chat) => [chat.name, chat] as const))('%s splits into its elements wherever it is cut', (_, chat) => {
    const elements = (chat.response.body as Json[]).map((element) => JSON.stringify(element));
    const text = `[${elements.join(',\r\n')}\n]`;
    for (let cut = 0; cut <= text.length; cut += 1) {
      const splitter = new JsonArraySplitter();
      const found = [...splitter.push(text.slice(0, cut)), ...splitter.push(text.slice(cut))];
      if (found.length !== elements.length || !found.every((each, index) => each === elements[index])) expect.fail(`cut at ${cut}`);
      if (!splitter.closed) expect.fail(`not closed, cut at ${cut}`);
    }
  });

  it('gives an element as soon as the next begins or the list ends, character by character', () => {
    const splitter = new JsonArraySplitter();
    const found = [...' [{"a":"]},\\"["} , [1,{}],3 , "x,y" ]'].flatMap((character) => splitter.push(character));
    expect(found).toEqual(['{"a":"]},\\"["}', '[1,{}]', '3', '"x,y"']);
  });

  it('gives a lone error object too', () => {
    expect(new JsonArraySplitter().push('{"error":{"code":400}}')).toEqual(['{"error":{"code":400}}']);
  });
});

describe('writing an answer', () => {
  const image: ChatResponse = {
    dialect: 'openai-chat',
    choices: [
      {
        index: 0,
        content: [
          { type: 'reasoning', text: 'hm', signature: { value: 'S1', dialect: 'anthropic-messages', model: 'claude' } },
          { type: 'text', text: 'Hällo', citations: [{ url: 'https://a', start: 1, end: 5 }] },
          { type: 'tool-call', id: 'c1', name: 'f', arguments: '{"a":1}' },
          { type: 'tool-call', id: 'c2', name: 'f', arguments: '{"a":' },
        ],
        finish: { reason: 'tool-calls' },
      },
    ],
    usage: { input: 10, cacheRead: 4, output: 7, reasoning: 3 },
  };
  const plain = { functionCall: { id: 'c2', name: 'f', args: { invalid_json: '{"a":' } } };

  it('writes what Google would', () => {
    const written = gemini.writeResponse(image, replyContext());
    expect(written).toMatchObject({
      candidates: [
        {
          content: {
            role: 'model',
            parts: [{ text: 'hm', thought: true }, { text: 'Hällo' }, { functionCall: { id: 'c1', name: 'f', args: { a: 1 } } }, plain],
          },
          finishReason: 'STOP',
          index: 0,
          groundingMetadata: {
            groundingChunks: [{ web: { uri: 'https://a' } }],
            groundingSupports: [{ segment: { startIndex: 1, endIndex: 6, text: 'ällo' }, groundingChunkIndices: [0] }],
          },
        },
      ],
      usageMetadata: {
        promptTokenCount: 10,
        cachedContentTokenCount: 4,
        candidatesTokenCount: 4,
        thoughtsTokenCount: 3,
        totalTokenCount: 17,
      },
      modelVersion: 'shown-model',
    });
  });

  it('tells a total where the vendor named no output: what is left out is zero (a blocked answer)', () => {
    const blocked = {
      id: 'x',
      model: 'm',
      dialect: 'openai-chat' as const,
      choices: [{ index: 0, content: [], finish: { reason: 'content-filter' as const } }],
      usage: { input: 14 },
    };
    expect(gemini.writeResponse(blocked, replyContext())).toMatchObject({ usageMetadata: { promptTokenCount: 14, totalTokenCount: 14 } });
  });

  it('seals a foreign signature as base64 that comes back whole, in either alphabet', () => {
    const written = gemini.writeResponse(image, replyContext()) as { candidates: { content: { parts: { thoughtSignature: string }[] } }[] };
    const sealed = written.candidates[0]?.content.parts[0]?.thoughtSignature ?? '';
    expect(sealed).toMatch(/^b21yMS5[A-Za-z0-9+/]+=*$/);
    for (const thoughtSignature of [sealed, sealed.replaceAll('+', '-').replaceAll('/', '_')]) {
      const read = gemini.readRequest({ contents: [{ role: 'model', parts: [{ text: 'hm', thought: true, thoughtSignature }] }] }, {});
      expect(read.ok && read.value.messages[0]?.content[0]).toMatchObject({
        signature: { value: 'S1', dialect: 'anthropic-messages', model: 'claude' },
      });
    }
  });

  it('streams the same answer, in events and as an array', () => {
    for (const [writer, unpack] of [
      [gemini.streamWriter(replyContext()), (text: string) => eventsOfSse(text).map((event) => JSON.parse(event.data) as Json)],
      [arrayStreamWriter(replyContext()), (text: string) => JSON.parse(text) as Json[]],
    ] as const) {
      let text = writer.ping();
      for (const event of eventsOf(image)) text += writer.push(event) + (text.includes('Hällo') ? writer.ping() : '');
      text += writer.end();
      const read = readArray(unpack(text), { ...readContext(), request: emptyRequest });
      expect(read.ok && read.value.choices[0]?.content.map((part) => part.type)).toEqual(['reasoning', 'text', 'tool-call', 'tool-call']);
      expect(read.ok && read.value.usage).toEqual(image.usage);
      expect(writer.end()).toBe('');
    }
  });

  it('an error ends the stream in its own framing', () => {
    const error = {
      type: 'error',
      error: gemini.readError(503, {}, { error: { code: 503, message: 'busy', status: 'UNAVAILABLE' } }, [], 0),
    } as const;
    const sse = gemini.streamWriter(replyContext());
    expect(JSON.parse(sse.push(error).slice(5))).toMatchObject({ error: { code: 503, status: 'UNAVAILABLE' } });
    expect(sse.end()).toBe('');
    const array = arrayStreamWriter(replyContext());
    const begun = array.push({ type: 'part-start', choice: 0, part: 0, content: { type: 'text', text: 'a' } });
    expect(JSON.parse(begun + array.push(error) + array.end())).toMatchObject([{}, { error: { code: 503 } }]);
  });

  it.each(whole.map((chat) => [chat.name, chat] as const))('%s: written and read again it is the same', (_, chat) => {
    const context = readContext(chat);
    const first = gemini.readResponse(isObject(chat.response.body) ? chat.response.body : {}, context);
    if (!first.ok) throw first.error;
    const second = gemini.readResponse(gemini.writeResponse(first.value, replyContext(context.request)), context);
    const blocked = first.value.choices[0]?.finish.message;
    expect(second.ok && second.value.choices.map((choice) => choice.content)).toEqual(first.value.choices.map((choice) => choice.content));
    expect(second.ok && second.value.choices[0]?.finish.reason).toBe(first.value.choices[0]?.finish.reason);
    if (!blocked) expect(second.ok && second.value.usage).toEqual(first.value.usage);
  });
});
