import OpenAI, { APIError } from 'openai';
import { describe, expect, it } from 'vitest';
import { Collector, eventsOf } from '../../../src/conversation/collect.ts';
import { GatewayError } from '../../../src/conversation/error.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { ok, readSse, replyContext, request, requestOf, sseEvents, streamed, whole, wholeOf, writeStream } from './support.ts';

const BODY = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] };

/** The official client, whose only server is the given answer. */
function client(text: string, status = 200, contentType = 'text/event-stream'): OpenAI {
  const answer = async () => new Response(text, { status, headers: { 'content-type': contentType } });
  return new OpenAI({ apiKey: 'none', baseURL: 'http://127.0.0.1/v1', maxRetries: 0, fetch: answer });
}

const finalOf = (text: string) => client(text).chat.completions.stream(BODY).finalChatCompletion();

function collect(events: Iterable<StreamEvent>): ChatResponse {
  const collector = new Collector('openai-chat');
  for (const event of events) collector.push(event);
  const result = collector.result();
  if (!result.ok) throw result.error;
  return result.value;
}

/** What a choice says, in OpenAI's words, taken from the canonical form. */
function expected(response: ChatResponse) {
  return response.choices.map((choice) => {
    const text = choice.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
    const calls = choice.content.flatMap((part) =>
      part.type === 'tool-call' ? [{ id: part.id, name: part.name, arguments: part.arguments }] : [],
    );
    return { index: choice.index, text, calls };
  });
}

function seen(completion: OpenAI.ChatCompletion) {
  return completion.choices.map((choice) => ({
    index: choice.index,
    text: choice.message.content ?? '',
    calls: (choice.message.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [{ id: call.id, ...call.function }] : [])),
  }));
}

const FINISHES = ['stop', 'length', 'tool_calls', 'content_filter'];

/** Streams as their hosts send them that the SDK's helper cannot take: to be read and written anew for a client that needs it. */
const BEYOND_THE_SDK: Record<string, string> = {
  'snowflake-thinking-streaming': 'no finish_reason at all',
  'litellm-completion-stream-multiple-choices-proxy': 'no finish_reason for the second choice',
  'mistral-hybrid-reasoning-streams-thinking-separately-from-content': 'content is a list of parts',
};

describe('the official SDK', () => {
  const healthy = streamed.filter((recording) => !recording.features.includes('stream-error'));

  it.each(healthy.map((recording) => [recording.name, recording] as const))('reads our stream of %s', async (_name, recording) => {
    const asked: ChatRequest = { ...requestOf(recording), includeUsage: true };
    const events = readSse(recording.response.sse ?? '', asked);
    const completion = await finalOf(writeStream(events, asked));
    const response = collect(events);
    expect(seen(completion)).toEqual(expected(response));
    expect(completion.id).toMatch(/^chatcmpl-/);
    expect(completion.object).toBe('chat.completion');
    for (const choice of completion.choices) expect(FINISHES).toContain(choice.finish_reason);
    expect(completion.usage?.prompt_tokens).toBe(response.usage?.input);
    expect(completion.usage?.completion_tokens).toBe(response.usage?.output);
  });

  it.each(whole.map((recording) => [recording.name, recording] as const))(
    'reads our answer to %s, whole and streamed',
    async (_name, recording) => {
      const response = wholeOf(recording);
      const asked = requestOf(recording);
      const body = JSON.stringify(openaiChat.writeResponse(response, replyContext(asked)));
      const completion = await client(body, 200, 'application/json').chat.completions.create(BODY);
      expect(seen(completion)).toEqual(expected(response));
      const stream = await finalOf(writeStream([...eventsOf(response)], asked));
      expect(seen(stream)).toEqual(expected(response));
      for (const choice of [...completion.choices, ...stream.choices]) expect(FINISHES).toContain(choice.finish_reason);
    },
  );

  it.each(
    ok
      .map((recording) => [recording.name, recording] as const)
      .filter(([name, recording]) => !recording.features.includes('stream-error') && BEYOND_THE_SDK[name] === undefined),
  )('reads %s passed through our sanitising', async (_name, recording) => {
    if (recording.response.sse === undefined) {
      const clean = openaiChat.sanitizeResponse(recording.response.body as JsonObject);
      const completion = await client(JSON.stringify(clean), 200, 'application/json').chat.completions.create(BODY);
      expect(completion.object).toBe('chat.completion');
      return;
    }
    const events = sseEvents(recording.response.sse);
    const lines = events.flatMap(({ data }) => {
      if (data === '[DONE]') return ['data: [DONE]\n\n'];
      const clean = openaiChat.sanitizeEvent(JSON.parse(data) as JsonObject, { includeUsage: true });
      return clean ? [`data: ${JSON.stringify(clean)}\n\n`] : [];
    });
    const completion = await finalOf(lines.join(''));
    expect(seen(completion)).toEqual(expected(collect(readSse(recording.response.sse, requestOf(recording)))));
  });

  it('throws an APIError at an error in the stream, with its fields', async () => {
    const error = new GatewayError({ class: 'overload', message: 'Overloaded', code: 'busy' });
    const text = writeStream([
      { type: 'part-start', choice: 0, part: 0, content: { type: 'text', text: '' } },
      { type: 'part-delta', part: 0, delta: { type: 'text', text: 'Hi' } },
      { type: 'error', error },
    ]);
    expect(text).not.toContain('[DONE]');
    const thrown = await finalOf(text).catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(APIError);
    expect(thrown).toMatchObject({ message: 'Overloaded', code: 'busy', type: 'server_error', param: null });
  });

  it('throws its own class of error for our error bodies', async () => {
    const { status, body } = openaiChat.writeError(new GatewayError({ class: 'rate', message: 'Slow down' }));
    const thrown = await client(JSON.stringify(body), status, 'application/json')
      .chat.completions.create(BODY)
      .catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(OpenAI.RateLimitError);
    expect(thrown).toMatchObject({ status: 429, code: 'rate_limit_exceeded', type: 'rate_limit_error' });
  });

  it('is given reasoning, refusals, citations and usage where it looks for them', async () => {
    const events: StreamEvent[] = [
      { type: 'start', id: 'msg_1', model: 'm' },
      { type: 'part-start', choice: 0, part: 0, content: { type: 'reasoning', text: '' } },
      { type: 'part-delta', part: 0, delta: { type: 'text', text: 'hm' } },
      { type: 'part-end', part: 0 },
      { type: 'part-start', choice: 0, part: 1, content: { type: 'text', text: '' } },
      { type: 'part-delta', part: 1, delta: { type: 'text', text: 'Hi' } },
      { type: 'part-delta', part: 1, delta: { type: 'citation', citation: { url: 'https://a.example', title: 'A', start: 0, end: 2 } } },
      { type: 'part-end', part: 1 },
      { type: 'part-start', choice: 0, part: 2, content: { type: 'refusal', text: '' } },
      { type: 'part-delta', part: 2, delta: { type: 'text', text: 'no' } },
      { type: 'part-end', part: 2 },
      { type: 'usage', usage: { input: 10, cacheRead: 4, output: 5, reasoning: 3 } },
      { type: 'finish', choice: 0, finish: { reason: 'stop' } },
    ];
    const completion = await finalOf(writeStream(events, { ...request(), includeUsage: true }));
    expect(completion).toMatchObject({
      id: 'chatcmpl-msg_1',
      usage: {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 15,
        prompt_tokens_details: { cached_tokens: 4 },
        completion_tokens_details: { reasoning_tokens: 3 },
      },
      choices: [
        {
          finish_reason: 'stop',
          message: {
            role: 'assistant',
            content: 'Hi',
            refusal: 'no',
            reasoning_content: 'hm',
            annotations: [{ type: 'url_citation', url_citation: { url: 'https://a.example', title: 'A', start_index: 0, end_index: 2 } }],
          },
        },
      ],
    });
  });
});
