import { EventSourceParserStream } from 'eventsource-parser/stream';
import { Collector } from '../../../src/conversation/collect.ts';
import type { Parsed } from '../../../src/conversation/error.ts';
import { asObject, type JsonObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import type { ChatResponse } from '../../../src/conversation/response.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import type { ReadContext, ReplyContext, SseEvent, WriteContext } from '../../../src/dialects/dialect.ts';
import { openaiResponses } from '../../../src/dialects/openai-responses/index.ts';
import { type Recording, recordings } from '../../recordings.ts';

export const NOW = 1_760_000_000_000;

export const all = recordings((entry) => entry.format === 'openai-responses');
export const answers = all.filter((one) => one.response.status === 200 && !one.file.startsWith('errors/'));
export const streams = answers.filter((one) => one.response.sse !== undefined);
export const bodies = answers.filter((one) => one.response.body !== undefined);
export const named = (list: Recording[]): [string, Recording][] => list.map((one) => [one.name, one]);

export function find(name: string): Recording {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`no recording ${name}`);
  return found;
}

let ids = 0;
const newId = (): string => {
  ids += 1;
  return `id${ids}`;
};

export function readRequest(body: unknown): ChatRequest {
  const parsed = openaiResponses.readRequest(body, {});
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}

/** The recorded request, or one as small as can be where none was recorded. */
export function requestOf(recording: Recording): ChatRequest {
  return readRequest(recording.request?.body ?? { model: 'any', input: 'Hello', stream: recording.stream });
}

export const readContext = (request: ChatRequest = readRequest({ model: 'any', input: 'x' })): ReadContext => ({
  request,
  model: 'vendor-model',
  now: () => NOW,
  newId,
});

export function replyContext(request: ChatRequest = readRequest({ model: 'any', input: 'x' })): ReplyContext & { warnings: string[] } {
  const warnings: string[] = [];
  return { request, model: 'shown-model', warn: (message) => warnings.push(message), now: () => NOW, newId, warnings };
}

export function writeContext(model = 'vendor-model'): WriteContext & { warnings: string[] } {
  const warnings: string[] = [];
  return { model, warn: (message) => warnings.push(message), warnings };
}

export async function sseEvents(text: string): Promise<SseEvent[]> {
  const events: SseEvent[] = [];
  const parsed = new Blob([text]).stream().pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of parsed) events.push({ ...(event === undefined ? {} : { event }), data });
  return events;
}

export async function jsonEvents(text: string): Promise<JsonObject[]> {
  return (await sseEvents(text)).map(({ data }) => asObject(JSON.parse(data)) ?? {});
}

/** What the reader makes of the first `count` events, the end of the connection included. */
export function readStream(events: SseEvent[], request?: ChatRequest, count = events.length): StreamEvent[] {
  const reader = openaiResponses.streamReader(readContext(request));
  return [...events.slice(0, count).flatMap((event) => reader.push(event)), ...reader.end()];
}

export function collect(events: StreamEvent[]): Parsed<ChatResponse> {
  const collector = new Collector('openai-responses');
  for (const event of events) collector.push(event);
  return collector.result();
}

export function writeStream(events: StreamEvent[], context: ReplyContext): string {
  const writer = openaiResponses.streamWriter(context);
  return events.map((event) => writer.push(event)).join('') + writer.end();
}

/** The whole Response object at the end of a recorded stream (of the first response where a recording holds several), or the recorded body. */
export async function terminalOf(recording: Recording): Promise<JsonObject> {
  if (recording.response.body !== undefined) return asObject(recording.response.body) ?? {};
  const last = (await jsonEvents(recording.response.sse ?? '')).find((event) =>
    ['response.completed', 'response.incomplete', 'response.failed'].includes(String(event.type)),
  );
  return asObject(last?.response) ?? {};
}
