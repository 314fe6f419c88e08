import type { GatewayError } from '../../../src/conversation/error.ts';
import type { JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import type { ReadContext, ReplyContext, SseEvent, WriteContext } from '../../../src/dialects/dialect.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { type Recording, recordings } from '../../recordings.ts';

export const ok = recordings((entry) => entry.format === 'openai-chat' && entry.status < 400);
export const failed = recordings((entry) => entry.format === 'openai-chat' && entry.status >= 400);
export const streamed = ok.filter((recording) => recording.response.sse !== undefined);
export const whole = ok.filter((recording) => recording.response.body !== undefined);

export function read(body: unknown): ChatRequest {
  const parsed = openaiChat.readRequest(body, {});
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

/** A request of this dialect with one user message, and whatever else is given. */
export function request(fields: JsonObject = {}): ChatRequest {
  return read({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...fields });
}

export function writeContext(model = 'm', more: Partial<WriteContext> = {}): WriteContext & { warnings: string[] } {
  const warnings: string[] = [];
  return { model, warn: (message) => warnings.push(message), warnings, ...more };
}

export function readContext(asked: ChatRequest = request()): ReadContext {
  let ids = 0;
  return { request: asked, model: asked.model, now: () => 1_700_000_000_000, newId: () => `new${ids++}` };
}

export function replyContext(asked: ChatRequest = request()): ReplyContext & { warnings: string[] } {
  const warnings: string[] = [];
  return { ...readContext(asked), warn: (message) => warnings.push(message), warnings };
}

/** The events of a recorded stream; comments are left out as an SSE parser does. */
export function sseEvents(sse: string): SseEvent[] {
  return sse
    .split(/\r?\n\r?\n/)
    .map((block) => block.split(/\r?\n/).filter((line) => line.startsWith('data:')))
    .filter((lines) => lines.length > 0)
    .map((lines) => ({ data: lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n') }));
}

export function readStream(events: readonly SseEvent[], asked?: ChatRequest): StreamEvent[] {
  const reader = openaiChat.streamReader(readContext(asked));
  return [...events.flatMap((event) => reader.push(event)), ...reader.end()];
}

export function readSse(sse: string, asked?: ChatRequest): StreamEvent[] {
  return readStream(sseEvents(sse), asked);
}

/** Chunks as a stream, each with one choice made of `choice`, ended by `[DONE]`. */
export function chunks(...choices: JsonObject[]): SseEvent[] {
  const events = choices.map((choice) => ({
    data: JSON.stringify({ id: 'c1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, ...choice }] }),
  }));
  return [...events, { data: '[DONE]' }];
}

export function writeStream(events: readonly StreamEvent[], asked?: ChatRequest): string {
  const writer = openaiChat.streamWriter(replyContext(asked));
  return events.map((event) => writer.push(event)).join('') + writer.end();
}

export function requestOf(recording: Recording): ChatRequest {
  return recording.request ? read(recording.request.body) : request();
}

export function errorOf(events: readonly StreamEvent[]): GatewayError | undefined {
  const last = events.at(-1);
  return last?.type === 'error' ? last.error : undefined;
}

export function wholeOf(recording: Recording): ChatResponse {
  const parsed = openaiChat.readResponse(recording.response.body as JsonObject, readContext(requestOf(recording)));
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
