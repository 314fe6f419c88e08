import { isObject } from '../conversation/json.ts';

/**
 * JSON Merge Patch (RFC 7396): objects are merged field by field, `null` takes a field away, anything else replaces what was there.
 * Gives a new value; neither argument is changed.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [field, value] of Object.entries(patch)) {
    // `__proto__` as a JSON key is a field like any other, and no config has one.
    if (field === '__proto__') continue;
    if (value === null) delete merged[field];
    else merged[field] = mergePatch(merged[field], value);
  }
  return merged;
}
