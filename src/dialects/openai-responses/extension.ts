import type { Extensions } from '../../conversation/dialect-id.ts';
import { asObject, asString, type JsonObject } from '../../conversation/json.ts';

export const ID = 'openai-responses' as const;

/** What this dialect kept on a request, message, part or tool; empty when it kept nothing. */
export function kept(holder: { extensions?: Extensions }): JsonObject {
  return holder.extensions?.[ID] ?? {};
}

/** An `extensions` entry of this dialect, or nothing at all where there is nothing to keep. */
export function keep(fields: JsonObject): { extensions?: Extensions } {
  return Object.values(fields).some((value) => value !== undefined) ? { extensions: { [ID]: fields } } : {};
}

/** The fields that have no canonical place, and the known ones sent as `null`: both go back as they came. */
export function leftovers(object: JsonObject, known: readonly string[]): JsonObject | undefined {
  let rest: JsonObject | undefined;
  for (const [key, value] of Object.entries(object)) {
    if (value === undefined || (known.includes(key) && value !== null)) continue;
    rest ??= {};
    rest[key] = value;
  }
  return rest;
}

/** The fields of the wire item that a part came from (`id`, `status`, `phase`, `type`, …), when it came from this dialect. */
export function itemOf(part: { extensions?: Extensions }): JsonObject | undefined {
  return asObject(kept(part).item);
}

/** The fields of the wire content part itself. */
export function rawPartOf(part: { extensions?: Extensions }): JsonObject {
  return asObject(kept(part).part) ?? {};
}

/**
 * Stands in the ids of items that only we know (a thought or picture of another vendor): the Responses API looks such items up and
 * answers 404. It holds the mark of sealed signatures, so that a body with one is never passed through untouched (`holdsSealedSignature`).
 */
const OURS = 'omr1.';

export const ourId = (prefix: 'rs' | 'ig', id: string): string => `${prefix}_${OURS}${id}`;

export const isOurId = (id: unknown): boolean => /^[a-z]+_omr1\./.test(asString(id) ?? '');
