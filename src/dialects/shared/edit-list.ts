import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/** The objects of a list as `edit` leaves them (`undefined` removes one); anything else stays. The same array when nothing changes. */
export function editList(items: readonly Json[], edit: (item: JsonObject) => JsonObject | undefined): readonly Json[] {
  let changed = false;
  const edited = items.flatMap((item) => {
    const next = isObject(item) ? edit(item) : item;
    if (next !== item) changed = true;
    return next === undefined ? [] : [next];
  });
  return changed ? edited : items;
}

/** `object` with the list at `key` edited, or `undefined` when the list is empty afterwards; the same object when nothing changes. */
export function editListAt(object: JsonObject, key: string, edit: (item: JsonObject) => JsonObject | undefined): JsonObject | undefined {
  const items = object[key];
  if (!Array.isArray(items)) return object;
  const edited = editList(items, edit);
  if (edited === items) return object;
  return edited.length === 0 ? undefined : { ...object, [key]: [...edited] };
}

/** `object` without a key. */
export function withoutKey(object: JsonObject, key: string): JsonObject {
  const { [key]: _gone, ...rest } = object;
  return rest;
}
