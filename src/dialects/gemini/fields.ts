import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/** A field name in the lower camel case of protobuf JSON: `max_output_tokens` → `maxOutputTokens`. */
export function camelName(name: string): string {
  return name.includes('_') ? name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()) : name;
}

/**
 * A copy with camel-case field names, this level only: Google's APIs parse both spellings (protobuf JSON mapping), and the free-form
 * objects below (arguments, schemas, results) must keep theirs.
 */
export function camelFields(object: JsonObject): JsonObject {
  const renamed: JsonObject = {};
  for (const [name, value] of Object.entries(object)) renamed[camelName(name)] = value;
  return renamed;
}

/** Renames the fields of a message when it is one; anything else is given as it is, for the check to complain about. */
export function camelValue(value: Json | undefined): Json | undefined {
  return isObject(value) ? camelFields(value) : value;
}

/** `own` over `kept`, and one level deeper where both hold an object: puts unknown fields back beside those we write. */
export function withKept(own: JsonObject, kept: JsonObject | undefined): JsonObject {
  if (!kept) return own;
  const merged: JsonObject = { ...kept };
  for (const [name, value] of Object.entries(own)) {
    const before = merged[name];
    merged[name] = isObject(value) && isObject(before) ? { ...before, ...value } : value;
  }
  return merged;
}

/** Standard base64. Python's SDK sends the URL-safe alphabet, which Google's parser takes and others do not (recording google-mixed-content-ordering). */
export function standardBase64(data: string): string {
  if (!/[-_]/.test(data)) return data;
  const plain = data.replaceAll('-', '+').replaceAll('_', '/');
  return plain.padEnd(Math.ceil(plain.length / 4) * 4, '=');
}
