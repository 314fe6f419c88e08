import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/** The body without these fields; the same object when it has none of them. */
export function withoutFields(body: JsonObject, names: readonly string[]): JsonObject {
  if (!names.some((name) => body[name] !== undefined)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));
}

/** The body with a field under another name, in its place; the same object when it has no such field. An existing `to` wins. */
export function renameField(body: JsonObject, from: string, to: string): JsonObject {
  if (body[from] === undefined) return body;
  const renamed: JsonObject = {};
  for (const [name, value] of Object.entries(body)) {
    if (name !== from) renamed[name] = value;
    else if (body[to] === undefined) renamed[to] = value;
  }
  return renamed;
}

/** The body with each chat message passed through `change`; the same object when every message came back as it was. */
export function mapMessages(body: JsonObject, change: (message: JsonObject) => JsonObject): JsonObject {
  if (!Array.isArray(body.messages)) return body;
  let changed = false;
  const messages = body.messages.map((message): Json => {
    if (!isObject(message)) return message;
    const next = change(message);
    if (next !== message) changed = true;
    return next;
  });
  return changed ? { ...body, messages } : body;
}

/** A chat message's text: the string itself, or its text parts joined by line breaks. */
export function textOf(content: Json | undefined): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => (isObject(part) && typeof part.text === 'string' ? part.text : ''))
    .filter((text) => text !== '')
    .join('\n');
}

/** Chat content as a list of parts. */
export function partsOf(content: Json | undefined): Json[] {
  if (Array.isArray(content)) return content;
  return typeof content === 'string' && content !== '' ? [{ type: 'text', text: content }] : [];
}

/** One content after another: text stays text, anything else becomes a list of parts. */
export function joinContent(first: Json | undefined, second: Json | undefined): Json {
  if (typeof first === 'string' && typeof second === 'string') return [first, second].filter((text) => text !== '').join('\n\n');
  return [...partsOf(first), ...partsOf(second)];
}
