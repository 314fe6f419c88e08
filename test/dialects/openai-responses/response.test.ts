import { describe, expect, test } from 'vitest';
import { asArray, asObject, asString, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import { holdsSealedSignature } from '../../../src/conversation/signature.ts';
import { openaiResponses, outputAsMessages } from '../../../src/dialects/openai-responses/index.ts';
import { bodies, find, named, readContext, readRequest, replyContext, requestOf, writeContext } from './helpers.ts';

function read(name: string): ChatResponse {
  const recording = find(name);
  const parsed = openaiResponses.readResponse(asObject(recording.response.body) ?? {}, readContext(requestOf(recording)));
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

const kinds = (response: ChatResponse): string[] =>
  (response.choices[0]?.content ?? []).map((part) => (part.type === 'server' ? part.name : part.type));

describe('a recorded answer is read whole', () => {
  test.each(named(bodies))('%s', (name, recording) => {
    const body = asObject(recording.response.body) ?? {};
    const response = read(name);
    const output = asArray(body.output).map((item) => asObject(item) ?? {});
    const texts = output
      .filter((item) => item.type === 'message')
      .flatMap((item) => asArray(item.content).map((part) => asString(asObject(part)?.text) ?? ''));
    const content = response.choices[0]?.content ?? [];
    expect(content.flatMap((part) => (part.type === 'text' ? [part.text] : []))).toEqual(texts);
    const calls = output.filter((item) => item.type === 'function_call' || item.type === 'custom_tool_call');
    expect(content.flatMap((part) => (part.type === 'tool-call' ? [[part.id, part.arguments]] : []))).toEqual(
      calls.map((item) => [item.call_id, item.arguments ?? item.input]),
    );
    expect(response.id).toBe(body.id);
    expect(response.model).toBe(body.model);
    const usage = asObject(body.usage);
    expect(response.usage?.input).toBe(usage?.input_tokens);
    expect(response.usage?.output).toBe(usage?.output_tokens);
    expect(response.usage?.cacheRead).toBe(asObject(usage?.input_tokens_details)?.cached_tokens);
    expect(response.usage?.reasoning).toBe(asObject(usage?.output_tokens_details)?.reasoning_tokens);
  });

  // Written by hand from the recordings.
  test.each<[string, string[], string]>([
    ['azure-openai-file-search-tool-1', ['reasoning', 'file_search_call', 'reasoning', 'text'], 'stop'],
    ['openai-native-tool-search', ['tool_search_call', 'tool_search_output', 'tool-call'], 'tool-calls'],
    ['openai-response-custom-tool-call', ['reasoning', 'tool-call'], 'tool-calls'],
    ['openai-responses-compact-stateful-mode-2', ['text', 'compaction'], 'stop'],
    ['openai-responses-prompt-caching-5-6-cache-write', ['reasoning', 'text'], 'length'],
    ['xai-image-generation-tool-1', ['image', 'text'], 'stop'],
  ])('%s holds %j and ends by %s', (name, parts, finish) => {
    const response = read(name);
    expect(kinds(response)).toEqual(parts);
    expect(response.choices[0]?.finish.reason).toBe(finish);
  });

  test('citations keep their place and the vendor object', () => {
    const text = read('openai-single-agent-with-ootb-tools').choices[0]?.content.find((part) => part.type === 'text');
    expect(text?.type === 'text' && text.citations?.[0]).toMatchObject({
      start: 196,
      end: 331,
      raw: { dialect: 'openai-responses', value: { type: 'url_citation' } },
    });
  });

  test('log probabilities, cache writes, and who minted a proof', () => {
    expect(read('openai-instructions-with-responses-logprobs').choices[0]?.logprobs?.[0]).toEqual({
      token: 'The',
      logprob: -0,
      bytes: [84, 104, 101],
    });
    expect(read('openai-responses-prompt-caching-5-6-cache-write').usage).toEqual({
      input: 1220,
      cacheRead: 0,
      cacheWrite: 1217,
      output: 100,
      reasoning: 54,
    });
    const proof = read('openai-responses-moderation-block-policy').choices[0]?.content[0];
    expect(proof?.type === 'reasoning' && proof.signature).toMatchObject({ dialect: 'openai-responses', model: 'vendor-model' });
  });

  test('reasoning given as content (DeepSeek) is read like a summary', () => {
    const content =
      read('deepseek-web-search-with-deepseek-deepseek-v4-flash-searches-server-side-and-records-the-s').choices[0]?.content ?? [];
    expect(content[0]).toMatchObject({ type: 'reasoning', text: expect.stringContaining('search the web for the latest stable Ruby') });
  });

  test('a call in a namespace has one flat name', () => {
    expect(read('openai-native-tool-search').choices[0]?.content[2]).toMatchObject({
      type: 'tool-call',
      name: 'tools__get_exchange_rate',
      id: 'call_NVKCEhbEqPWTnSUGhcIHwR3F',
    });
  });
});

describe('what is no answer', () => {
  test.each<[string, JsonObject, string]>([
    ['an error body', { error: { message: 'Overloaded', code: 'server_is_overloaded' } }, 'overload'],
    [
      'a failed response',
      { object: 'response', status: 'failed', output: [], error: { code: 'rate_limit_exceeded', message: 'Slow down' } },
      'rate',
    ],
    ['a failed response without reason', { object: 'response', status: 'failed', output: [], error: null }, 'overload'],
    ['a cancelled one', { object: 'response', status: 'cancelled', output: [] }, 'overload'],
    ['one still in the queue', { object: 'response', status: 'queued', output: [] }, 'empty'],
  ])('%s', (_what, body, failure) => {
    const parsed = openaiResponses.readResponse(body, readContext());
    expect(parsed.ok ? 'ok' : parsed.error.class).toBe(failure);
  });

  test('a call cut by the token limit is no call to make', () => {
    const cut = {
      status: 'incomplete',
      incomplete_details: { reason: 'max_output_tokens' },
      output: [{ type: 'function_call', call_id: 'a', name: 'f', arguments: '{"x": "un' }],
    };
    const parsed = openaiResponses.readResponse(cut, readContext());
    expect(parsed.ok && parsed.value.choices[0]?.finish).toEqual({ reason: 'length', raw: 'max_output_tokens' });
  });
});

describe('a written answer', () => {
  test.each(named(bodies))('%s read, written and read again is the same', (name, recording) => {
    const request = requestOf(recording);
    const first = read(name);
    const again = openaiResponses.readResponse(openaiResponses.writeResponse(first, replyContext(request)), readContext(request));
    if (!again.ok) throw again.error;
    const bare = (response: ChatResponse): unknown => ({
      ...response,
      id: undefined,
      choices: response.choices.map((choice) => ({
        ...choice,
        content: choice.content.map((part) =>
          part.type === 'reasoning' ? { text: part.text, signature: part.signature, id: part.id } : { ...part, extensions: undefined },
        ),
      })),
    });
    expect(bare(again.value)).toEqual(bare(first));
  });

  test('repeats the request and has every field of the type', () => {
    const request = readRequest({
      model: 'm',
      input: 'x',
      instructions: 'i',
      metadata: { a: 'b' },
      temperature: 0.5,
      store: false,
      tools: [{ type: 'function', name: 'f', parameters: null, strict: null }],
      tool_choice: 'required',
      parallel_tool_calls: false,
      truncation: 'auto',
      text: { verbosity: 'low' },
      reasoning: { effort: 'low' },
      previous_response_id: 'resp_0',
    });
    const written = openaiResponses.writeResponse(
      { dialect: 'openai-chat', choices: [{ index: 0, content: [{ type: 'text', text: 'hi' }], finish: { reason: 'stop' } }] },
      replyContext(request),
    );
    expect(written).toMatchObject({
      object: 'response',
      status: 'completed',
      model: 'shown-model',
      created_at: 1_760_000_000,
      error: null,
      incomplete_details: null,
      instructions: 'i',
      metadata: { a: 'b' },
      temperature: 0.5,
      top_p: null,
      store: false,
      tools: [{ type: 'function', name: 'f' }],
      tool_choice: 'required',
      parallel_tool_calls: false,
      truncation: 'auto',
      text: { format: { type: 'text' }, verbosity: 'low' },
      reasoning: { effort: 'low', summary: null },
      previous_response_id: 'resp_0',
      output: [
        {
          type: 'message',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'hi', annotations: [], logprobs: [] }],
        },
      ],
    });
    expect(written.id).toMatch(/^resp_/);
    expect(written.usage, 'wholly unknown usage is not made up').toBeNull();
  });

  test('takes the id it is given, when it is one of this API', () => {
    const answer: ChatResponse = {
      dialect: 'openai-chat',
      id: 'resp_given',
      choices: [{ index: 0, content: [{ type: 'text', text: 'hi' }], finish: { reason: 'stop' } }],
    };
    expect(openaiResponses.writeResponse(answer, replyContext()).id).toBe('resp_given');
    expect(openaiResponses.writeResponse({ ...answer, id: 'chatcmpl-1' }, replyContext()).id).toMatch(/^resp_id\d+$/);
    expect(openaiResponses.writeResponse(answer, { ...replyContext(), responseId: 'resp_stored' }).id, 'the id of a local store wins').toBe(
      'resp_stored',
    );
  });

  test('calls find their kind and their namespace again', () => {
    const request = readRequest({
      model: 'm',
      input: 'x',
      tools: [
        { type: 'custom', name: 'apply_patch' },
        { type: 'namespace', name: 'mcp__files__', description: '', tools: [{ type: 'function', name: 'find' }] },
      ],
    });
    const answer: ChatResponse = {
      dialect: 'openai-chat',
      choices: [
        {
          index: 0,
          finish: { reason: 'tool-calls' },
          content: [
            { type: 'tool-call', id: 'a', name: 'apply_patch', arguments: '{"input":"*** Begin"}' },
            { type: 'tool-call', id: 'b', name: 'mcp__files__find', arguments: '' },
          ],
        },
      ],
    };
    expect(openaiResponses.writeResponse(answer, replyContext(request)).output).toMatchObject([
      { type: 'custom_tool_call', call_id: 'a', name: 'apply_patch', input: '*** Begin' },
      { type: 'function_call', call_id: 'b', name: 'find', namespace: 'mcp__files__', arguments: '{}' },
    ]);
  });

  test("another vendor's proof comes back to it sealed, a call's own too", () => {
    const signature = { value: 'sig', dialect: 'gemini' as const, model: 'gemini-3' };
    const answer: ChatResponse = {
      dialect: 'gemini',
      choices: [
        {
          index: 0,
          finish: { reason: 'tool-calls' },
          content: [
            { type: 'reasoning', text: 'hm', signature },
            { type: 'tool-call', id: 'a', name: 'f', arguments: '{}', signature },
          ],
        },
      ],
    };
    const written = openaiResponses.writeResponse(answer, replyContext());
    const replayed = readRequest({ model: 'm', input: asArray(written.output) });
    expect(replayed.messages).toMatchObject([
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'hm', signature },
          { type: 'tool-call', id: 'a', signature },
        ],
      },
    ]);
    // The native API must not see either.
    expect(openaiResponses.writeRequest(replayed, writeContext()).input).toMatchObject([{ type: 'function_call', call_id: 'a' }]);
  });

  test('reasoning without proof that we numbered ourselves is not sent to a vendor that does not have it', () => {
    const answer: ChatResponse = {
      dialect: 'openai-chat',
      choices: [
        {
          index: 0,
          finish: { reason: 'stop' },
          content: [
            { type: 'reasoning', text: 'hm' },
            { type: 'text', text: 'hi' },
          ],
        },
      ],
    };
    const output = asArray(openaiResponses.writeResponse(answer, replyContext()).output);
    expect(output[0]).toMatchObject({ type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] });
    expect(holdsSealedSignature(JSON.stringify(output)), 'such a conversation must not pass through untouched').toBe(true);
    const input = asArray(openaiResponses.writeRequest(readRequest({ model: 'm', input: output }), writeContext()).input);
    expect(input.map((item) => asObject(item)?.type)).toEqual(['message']);
  });

  test('two messages of the vendor stay two; texts of another vendor are one message', () => {
    const message = (id: string, phase: string): JsonObject => ({
      type: 'message',
      id,
      phase,
      role: 'assistant',
      content: [{ type: 'output_text', text: id }],
    });
    const own = openaiResponses.readResponse(
      { status: 'completed', output: [message('msg_a', 'commentary'), message('msg_b', 'final_answer')] },
      readContext(),
    );
    if (!own.ok) throw own.error;
    expect(openaiResponses.writeResponse(own.value, replyContext()).output).toMatchObject([
      { id: 'msg_a', phase: 'commentary' },
      { id: 'msg_b', phase: 'final_answer' },
    ]);
    const texts: ChatResponse['choices'][0]['content'] = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ];
    const foreign: ChatResponse = { dialect: 'anthropic-messages', choices: [{ index: 0, finish: { reason: 'stop' }, content: texts }] };
    expect(openaiResponses.writeResponse(foreign, replyContext()).output).toMatchObject([{ content: [{ text: 'a' }, { text: 'b' }] }]);
  });

  test('usage that is known by half is not filled up with zeros', () => {
    const half: ChatResponse = {
      dialect: 'openai-chat',
      usage: { output: 5 },
      choices: [{ index: 0, finish: { reason: 'stop' }, content: [{ type: 'text', text: 'a' }] }],
    };
    expect(openaiResponses.writeResponse(half, replyContext()).usage).toBeNull();
  });

  test('a picture is an image_generation_call', () => {
    const answer: ChatResponse = {
      dialect: 'gemini',
      choices: [
        {
          index: 0,
          finish: { reason: 'stop' },
          content: [{ type: 'image', source: { kind: 'base64', mimeType: 'image/png', data: 'AAAA' } }],
        },
      ],
    };
    expect(openaiResponses.writeResponse(answer, replyContext()).output).toMatchObject([
      { type: 'image_generation_call', status: 'completed', result: 'AAAA' },
    ]);
  });

  test('citations of any vendor that have a URL are annotations', () => {
    const answer: ChatResponse = {
      dialect: 'gemini',
      choices: [
        {
          index: 0,
          finish: { reason: 'stop' },
          content: [{ type: 'text', text: 'Paris.', citations: [{ url: 'https://e.com', start: 0, end: 5 }, { title: 'no url' }] }],
        },
      ],
    };
    expect(openaiResponses.writeResponse(answer, replyContext()).output).toMatchObject([
      {
        content: [{ annotations: [{ type: 'url_citation', url: 'https://e.com', title: 'https://e.com', start_index: 0, end_index: 5 }] }],
      },
    ]);
  });

  test.each<[ChatResponse['choices'][0]['finish'], string, string | null]>([
    [{ reason: 'length' }, 'incomplete', 'max_output_tokens'],
    [{ reason: 'content-filter' }, 'incomplete', 'content_filter'],
    [{ reason: 'refusal' }, 'completed', null],
    [{ reason: 'malformed-tool-call' }, 'failed', null],
  ])('finish %j is status %s', (finish, status, reason) => {
    const answer: ChatResponse = { dialect: 'gemini', choices: [{ index: 0, finish, content: [{ type: 'text', text: 'x' }] }] };
    const written = openaiResponses.writeResponse(answer, replyContext());
    expect(written.status).toBe(status);
    expect(asObject(written.incomplete_details)?.reason ?? null).toBe(reason);
  });

  test("what has no form here is said in a warning, or stands in the vendor's own words", () => {
    const context = replyContext();
    const content: ChatResponse['choices'][0]['content'] = [
      { type: 'server', dialect: 'gemini', name: 'executableCode', raw: {}, text: 'print(1)' },
      { type: 'server', dialect: 'anthropic-messages', name: 'x', raw: {} },
    ];
    const written = openaiResponses.writeResponse(
      { dialect: 'gemini', choices: [{ index: 0, finish: { reason: 'stop' }, content }] },
      context,
    );
    expect(written.output).toMatchObject([{ type: 'message', content: [{ text: 'print(1)' }] }]);
    expect(context.warnings).toHaveLength(1);
  });
});

test('an answer is one more turn of the conversation it belongs to', () => {
  const [turn] = outputAsMessages(read('openai-native-tool-search'));
  const input = openaiResponses.writeRequest(
    { ...readRequest({ model: 'm', input: [] }), messages: turn ? [turn] : [] },
    writeContext(),
  ).input;
  expect(asArray(input).map((item) => asObject(item)?.type)).toEqual(['tool_search_call', 'tool_search_output', 'function_call']);
  expect(asObject(asArray(input)[2])).toMatchObject({ name: 'get_exchange_rate', namespace: 'tools' });
});
