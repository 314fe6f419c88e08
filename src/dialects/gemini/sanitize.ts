import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import { finishWord } from './finish.ts';

/**
 * Google's SDKs take what Google sends; compatible servers send `null`s and integer enums, which Python's SDK and Gemini CLI trip over.
 * Gives the same object when there is nothing to repair.
 */
export function sanitizeResponse(body: JsonObject): JsonObject {
  const plain = withoutNullFields(body);
  if (!Array.isArray(plain.candidates)) return plain;
  const candidates = plain.candidates.map(sanitizeCandidate);
  const same = candidates.every((candidate, index) => candidate === (plain.candidates as Json[])[index]);
  return same ? plain : { ...plain, candidates };
}

/** The same for one chunk of a stream; every chunk may carry usage, so none is dropped. */
export function sanitizeEvent(data: JsonObject): JsonObject | undefined {
  return sanitizeResponse(data);
}

function withoutNullFields(object: JsonObject): JsonObject {
  const entries = Object.entries(object);
  const kept = entries.filter(([, value]) => value !== null);
  return kept.length === entries.length ? object : Object.fromEntries(kept);
}

function sanitizeCandidate(value: Json): Json {
  if (!isObject(value)) return value;
  let candidate = withoutNullFields(value);
  const word = typeof candidate.finishReason === 'number' ? finishWord(candidate.finishReason) : undefined;
  if (word !== undefined) candidate = { ...candidate, finishReason: word };
  if (!isObject(candidate.content)) return candidate;
  const content = withoutNullFields(candidate.content);
  return content === candidate.content ? candidate : { ...candidate, content };
}
