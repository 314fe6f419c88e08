import type { Json, JsonObject } from '../../../src/conversation/json.ts';
import { isObject } from '../../../src/conversation/json.ts';
import type { ChatRequest } from '../../../src/conversation/request.ts';
import type { ReadContext, ReplyContext, RequestRoute, SseEvent, WriteContext } from '../../../src/dialects/dialect.ts';
import { gemini } from '../../../src/dialects/gemini/index.ts';
import { type Recording, recordings } from '../../recordings.ts';

export const chats = recordings((entry) => entry.format === 'gemini' && entry.file.startsWith('gemini/'));

export function named(name: string): Recording {
  const [found] = recordings((entry) => entry.name === name || entry.file.endsWith(`/${name}.json`));
  if (!found) throw new Error(`no recording ${name}`);
  return found;
}

export const emptyRequest: ChatRequest = { dialect: 'gemini', model: 'm', messages: [], sampling: {}, stream: false };

export function routeOf(recording: Recording): RequestRoute {
  return { model: recording.model ?? '', stream: recording.stream };
}

export function requestOf(recording: Recording): ChatRequest {
  if (!recording.request) return emptyRequest;
  const read = gemini.readRequest(recording.request.body, routeOf(recording));
  if (!read.ok) throw read.error;
  return read.value;
}

export function counter(): () => string {
  let next = 0;
  return () => `n${next++}`;
}

export function readContext(recording?: Recording): ReadContext {
  return {
    request: recording ? requestOf(recording) : emptyRequest,
    model: recording?.model ?? 'gemini-2.5-flash',
    now: () => 0,
    newId: counter(),
  };
}

export function replyContext(request: ChatRequest = emptyRequest): ReplyContext & { warnings: string[] } {
  const warnings: string[] = [];
  return { request, model: 'shown-model', warn: (text) => warnings.push(text), now: () => 0, newId: counter(), warnings };
}

export function writeContext(model: string, more: Partial<WriteContext> = {}): WriteContext & { warnings: string[] } {
  const warnings: string[] = [];
  return { model, warn: (text) => warnings.push(text), warnings, ...more };
}

/** The chunks of a streamed answer, whichever framing it came in. */
export function chunksOf(recording: Recording): JsonObject[] {
  const { sse, body } = recording.response;
  if (sse !== undefined) return eventsOfSse(sse).map((event) => JSON.parse(event.data) as JsonObject);
  return Array.isArray(body) ? body.filter(isObject) : isObject(body) ? [body] : [];
}

export function eventsOfSse(sse: string): SseEvent[] {
  return sse
    .split(/\r?\n\r?\n/)
    .filter((block) => block.startsWith('data:'))
    .map((block) => ({ data: block.slice(5).trim() }));
}

/** A function name, an argument or a property of a schema is the user's: its spelling stays. */
const FREE = new Set(['args', 'response', 'parameters', 'parametersJsonSchema', 'responseSchema', 'responseJsonSchema', 'labels']);

/** A body in one spelling: camel-case names, no nulls, standard base64, roles said, vendor tools sorted. */
export function canonical(value: Json | undefined, name = ''): Json | undefined {
  if (Array.isArray(value)) {
    const items = value.map((item) => canonical(item) ?? null);
    return name === 'tools' ? items.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b))) : items;
  }
  if (typeof value === 'string') {
    if (name === 'data') return Buffer.from(value, 'base64').toString('base64');
    return name === 'thinkingLevel' ? value.toLowerCase() : value;
  }
  if (!isObject(value)) return value;
  const out: JsonObject = {};
  for (const [key, inner] of Object.entries(value)) {
    const camel = key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    if (inner === null || inner === undefined) continue;
    const canon = FREE.has(camel) ? inner : canonical(inner, camel);
    const empty = isObject(canon) && Object.keys(canon).length === 0 && ['generationConfig', 'toolConfig'].includes(camel);
    if (!empty) out[camel] = canon;
  }
  return Object.fromEntries(Object.entries(out).sort(([a], [b]) => a.localeCompare(b)));
}
