import Anthropic from '@anthropic-ai/sdk';
import { createParser } from 'eventsource-parser';
import { GatewayError } from '../../../src/conversation/error.ts';
import { isObject, type Json, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import type { ReadContext, ReplyContext, SseEvent, WriteContext } from '../../../src/dialects/dialect.ts';
import { type Recording, recordings } from '../../recordings.ts';

export const recorded = recordings(
  (entry) => entry.format === 'anthropic-messages' && entry.status === 200 && !entry.file.startsWith('errors/'),
);
export const withRequest = recorded.filter((recording) => recording.request !== null);
export const streamed = recorded.filter((recording) => recording.response.sse !== undefined);
export const whole = recorded.filter((recording) => isObject(recording.response.body));

/** A request that fails loudly when it does not read. */
export function read(body: unknown): ChatRequest {
  const parsed = anthropicMessages.readRequest(body, {});
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

export const requestOf = (recording: Recording): ChatRequest =>
  read(recording.request?.body ?? { model: 'claude-sonnet-4-5', max_tokens: 1, messages: [{ role: 'user', content: 'Hi' }] });

/** A plain request of another dialect, with the parts under test put over it. */
export const chat = (parts: Partial<ChatRequest> = {}): ChatRequest => ({
  dialect: 'openai-chat',
  model: 'any',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  sampling: {},
  stream: false,
  ...parts,
});

export interface Written {
  body: JsonObject;
  warnings: string[];
}

export function write(request: ChatRequest, model = 'claude-sonnet-4-5', context: Partial<WriteContext> = {}): Written {
  const warnings: string[] = [];
  const body = anthropicMessages.writeRequest(request, { model, warn: (message) => warnings.push(message), ...context });
  return { body, warnings };
}

export const readContext = (request: ChatRequest): ReadContext => ({ request, model: request.model, now: () => 0, newId: () => 'new' });

export const replyContext = (request: ChatRequest, warnings: string[] = []): ReplyContext => ({
  ...readContext(request),
  warn: (message) => warnings.push(message),
});

export function eventsIn(sse: string): SseEvent[] {
  const events: SseEvent[] = [];
  const parser = createParser({ onEvent: ({ event, data }) => events.push(event === undefined ? { data } : { event, data }) });
  parser.feed(sse);
  return events;
}

/** What the reader gives for these events, the end of the connection included. */
export function play(events: readonly SseEvent[], request: ChatRequest): StreamEvent[] {
  const reader = anthropicMessages.streamReader(readContext(request));
  return [...events.flatMap((event) => reader.push(event)), ...reader.end()];
}

export const sse = (...data: JsonObject[]): SseEvent[] => data.map((item) => ({ event: String(item.type), data: JSON.stringify(item) }));

/** The text a client receives for these events. */
export function stream(events: readonly StreamEvent[], request: ChatRequest = chat({ stream: true }), warnings: string[] = []): string {
  const writer = anthropicMessages.streamWriter(replyContext(request, warnings));
  return events.map((event) => writer.push(event)).join('') + writer.end();
}

/** The vendor's own SDK, answered with this text. */
export function sdk(body: string, contentType: string, status = 200): Anthropic {
  return new Anthropic({
    apiKey: 'key',
    maxRetries: 0,
    logLevel: 'off',
    fetch: async () => new Response(body, { status, headers: { 'content-type': contentType } }),
  });
}

export const ASK = { model: 'claude-opus-4-8', max_tokens: 1000, messages: [{ role: 'user' as const, content: 'Hi' }] };

/** `beta` for answers with blocks of beta features, which the plain client does not gather. */
export async function finalMessage(text: string, beta = false): Promise<Anthropic.Message | Anthropic.Beta.BetaMessage> {
  const client = sdk(text, 'text/event-stream');
  return beta ? await client.beta.messages.stream(ASK).finalMessage() : await client.messages.stream(ASK).finalMessage();
}

export const createdMessage = async (body: JsonObject): Promise<Anthropic.Message> =>
  await sdk(JSON.stringify(body), 'application/json').messages.create(ASK);

/** JSON without nulls, empty citation lists and `caller: direct`: fields that older answers leave out. */
export function bare(value: unknown): Json {
  if (Array.isArray(value)) return value.map(bare);
  if (!isObject(value)) return value as Json;
  const kept: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item === null || item === undefined || (key === 'caller' && isObject(item) && item.type === 'direct')) continue;
    kept[key] = bare(item);
  }
  return kept;
}

export function failed(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  throw new Error('expected a GatewayError');
}
