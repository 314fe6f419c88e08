import OpenAI from 'openai';
import type { Response as SdkResponse } from 'openai/resources/responses/responses';
import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../../src/conversation/error.ts';
import { asObject } from '../../../src/conversation/json.ts';
import { openaiResponses } from '../../../src/dialects/openai-responses/index.ts';
import {
  bodies,
  collect,
  find,
  named,
  readContext,
  readStream,
  replyContext,
  requestOf,
  sseEvents,
  streams,
  writeStream,
} from './helpers.ts';

/** The real SDK on top of a text that stands for the network's answer. */
function client(text: string, init: { type?: string; status?: number } = {}): OpenAI {
  const reply = async (): Promise<globalThis.Response> =>
    new globalThis.Response(text, { status: init.status ?? 200, headers: { 'content-type': init.type ?? 'text/event-stream' } });
  return new OpenAI({ apiKey: 'none', baseURL: 'http://127.0.0.1:9/v1', maxRetries: 0, fetch: reply });
}

const streamed = (text: string): Promise<SdkResponse> =>
  client(text).responses.stream({ model: 'm', input: 'x' }).finalResponse() as Promise<SdkResponse>;
const whole = (text: string): Promise<SdkResponse> =>
  client(text, { type: 'application/json' }).responses.create({ model: 'm', input: 'x' });

/** What an application reads. Reasoning counts by its text, since several summary parts become one, and by there being a proof. */
function seen(response: SdkResponse): unknown {
  return {
    status: response.status,
    incomplete: response.incomplete_details?.reason,
    text: response.output_text,
    usage: usageSeen(response.usage),
    output: response.output.map((item) => {
      switch (item.type) {
        case 'message':
          return {
            id: item.id,
            status: item.status,
            phase: item.phase,
            content: item.content.map((part) =>
              part.type === 'refusal' ? part : { text: part.text, annotations: part.annotations ?? [], logprobs: part.logprobs ?? [] },
            ),
          };
        case 'reasoning': {
          const texts = [...item.summary, ...(item.content ?? [])].map((part) => part.text);
          return { id: item.id, text: texts.filter(Boolean).join('\n\n'), proof: Boolean(item.encrypted_content) };
        }
        case 'function_call':
          return { id: item.id, call_id: item.call_id, name: item.name, namespace: item.namespace, arguments: item.arguments };
        case 'custom_tool_call':
          return { id: item.id, call_id: item.call_id, name: item.name, input: item.input };
        default:
          return { ...item, encrypted_content: undefined };
      }
    }),
  };
}

/** The documented fields; xAI adds its own. */
function usageSeen(usage: SdkResponse['usage']): unknown {
  if (!usage) return usage ?? null;
  const { input_tokens, input_tokens_details, output_tokens, output_tokens_details, total_tokens } = usage;
  return { input_tokens, input_tokens_details, output_tokens, output_tokens_details, total_tokens };
}

/** Where a recording is not what its API sends today, and what is left out of the comparison. */
const TRIMMED = new Set(['openai-shell-container-1-stream']);

describe('the SDK reads from our bytes what it reads from the recorded ones', () => {
  const readable = streams.filter((one) => !one.features.includes('stream-error') && !TRIMMED.has(one.name));

  test.each(named(readable))('streamed: %s', async (name, recording) => {
    const request = requestOf(recording);
    const sse = recording.response.sse ?? '';
    const first = name === 'openai-reasoning-encrypted-content-1-stream' ? firstResponse(sse) : sse;
    const ours = writeStream(readStream(await sseEvents(first), request), replyContext(request));
    expect(seen(await streamed(ours))).toEqual(seen(await streamed(first)));
  });

  test.each(named(bodies))('whole: %s', async (_name, recording) => {
    const request = requestOf(recording);
    const body = asObject(recording.response.body) ?? {};
    const read = openaiResponses.readResponse(body, readContext(request));
    if (!read.ok) throw read.error;
    const ours = openaiResponses.writeResponse(read.value, replyContext(request));
    expect(seen(await whole(JSON.stringify(ours)))).toEqual(seen(await whole(JSON.stringify(body))));
  });

  test.each(named(readable))('a stream collected for a client that wanted none: %s', async (name, recording) => {
    const request = requestOf(recording);
    const sse = recording.response.sse ?? '';
    const first = name === 'openai-reasoning-encrypted-content-1-stream' ? firstResponse(sse) : sse;
    const collected = collect(readStream(await sseEvents(first), request));
    if (!collected.ok) throw collected.error;
    const ours = openaiResponses.writeResponse(collected.value, replyContext(request));
    expect(seen(await whole(JSON.stringify(ours)))).toEqual(seen(await streamed(first)));
  });
});

/** That recording holds the responses of two turns, one after the other. */
function firstResponse(sse: string): string {
  const end = sse.indexOf('\n\n', sse.indexOf('event: response.completed'));
  return end < 0 ? sse : sse.slice(0, end + 2);
}

describe('the SDK throws where the answer failed', () => {
  const failure = new GatewayError({ class: 'overload', message: 'All accounts are busy.' });

  test('inside a stream of ours', async () => {
    const writer = openaiResponses.streamWriter(replyContext());
    const text = writer.push({ type: 'start' }) + writer.push({ type: 'error', error: failure }) + writer.end();
    await expect(streamed(text)).rejects.toThrow('All accounts are busy.');
  });

  test('inside a stream passed through', async () => {
    const begun = (find('openai-response-stream-incomplete').response.sse ?? '').slice(0, 2500);
    const cut = begun.slice(0, begun.lastIndexOf('\n\n') + 2);
    await expect(streamed(cut + openaiResponses.writeStreamError(failure, 'req_1'))).rejects.toThrow('All accounts are busy.');
  });

  test('as an HTTP error', async () => {
    const { status, body } = openaiResponses.writeError(failure, 'req_1');
    const failed = client(JSON.stringify(body), { type: 'application/json', status }).responses.create({ model: 'm', input: 'x' });
    await expect(failed).rejects.toMatchObject({ status: 503, type: 'server_error', code: 'server_error' });
  });
});
