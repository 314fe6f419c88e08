import { isObject, type Json } from '../conversation/json.ts';
import type { Format, PathStep, TextEdit } from './edit/edit.ts';
import { nameOf } from './edit/format.ts';
import { edited, isEmpty, lookUp, member, same } from './edit/value.ts';
import { hashOf } from './files.ts';

/** One value of a file that we changed. No value is in it: what stood there is in the copy beside the file, as it may be a key. */
export interface Place {
  path: PathStep[];
  /** Hash of what we wrote; absent: we took it away. */
  wrote?: string | undefined;
  /** The copy in which what stood there is found; absent: nothing stood there. */
  was?: string | undefined;
  /** How many steps of the path were there before. */
  depth: number;
}

/** A hash of a value; the order of members does not count. */
export function valueHash(value: Json): string {
  return hashOf(JSON.stringify(sorted(value)));
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => [key, sorted(item ?? null)]);
}

/** The single values that edits change in a document, with what stood there found in `copy`. */
export function placesOf(before: Json, after: Json, edits: readonly TextEdit[], copy: string | undefined): Place[] {
  return edits.flatMap((edit) => {
    const path = 'set' in edit ? edit.set : edit.remove;
    return leaves([...path], at(before, path), at(after, path)).map(({ path: leaf, was, now }) => {
      const looked = lookUp(before, leaf);
      const place: Place = { path: leaf, depth: looked.found ? leaf.length : looked.depth };
      if (now !== undefined) place.wrote = valueHash(now);
      if (was !== undefined) place.was = copy;
      return place;
    });
  });
}

interface Leaf {
  path: PathStep[];
  was: Json | undefined;
  now: Json | undefined;
}

function leaves(path: PathStep[], was: Json | undefined, now: Json | undefined): Leaf[] {
  if (same(was, now)) return [];
  const isOpen = isObject(now) && !isEmpty(now) && (was === undefined || isObject(was));
  if (!isOpen) return [{ path, was, now }];
  const old = was ?? {};
  const last = path.at(-1);
  // The member by which an item is found goes with the item.
  const isName = (key: string): boolean => was === undefined && typeof last === 'object' && last.where === key;
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((key) => !isName(key))
    .flatMap((key) => leaves([...path, key], member(old, key), member(now, key)));
}

function at(value: Json, path: readonly PathStep[]): Json | undefined {
  const looked = lookUp(value, path);
  return looked.found ? looked.value : undefined;
}

/** What is known of earlier writes stays; what was written now is added. */
export function mergedPlaces(earlier: readonly Place[], now: readonly Place[]): Place[] {
  const merged = new Map(earlier.map((place) => [keyOf(place.path), place]));
  for (const place of now) {
    const key = keyOf(place.path);
    const known = merged.get(key);
    merged.set(key, known ? { ...known, wrote: place.wrote } : place);
  }
  return [...merged.values()];
}

function keyOf(path: readonly PathStep[]): string {
  return JSON.stringify(path);
}

export interface TakenBack {
  text: string;
  /** Names of places that were changed since, or whose old value is lost: they stay as they are. */
  kept: string[];
  problem?: { message: string; line: number; column: number };
}

/** Takes our edits back from a text that was changed since. `copy` reads what stood in a copy, `undefined` when it is gone. */
export function takenBack(text: string, format: Format, places: readonly Place[], copy: (path: string) => Json | undefined): TakenBack {
  const made = madeBy(places);
  const result: TakenBack = { text, kept: [] };
  for (const place of [...places].reverse()) {
    const read = format.read(result.text);
    if (!read.ok) return { ...result, problem: read.problem };
    const present = at(read.value, place.path);
    const isOurs = place.wrote === undefined ? present === undefined : present !== undefined && valueHash(present) === place.wrote;
    const edit = isOurs ? back(read.value, place, made, copy) : undefined;
    const isGone = place.wrote !== undefined && present === undefined;
    if (!edit && !isGone) result.kept.push(nameOf(place.path));
    const done = edit && format.apply(result.text, [edit]);
    if (done && !done.ok) result.kept.push(nameOf(place.path));
    if (done?.ok) result.text = done.text;
  }
  return result;
}

function madeBy(places: readonly Place[]): ReadonlySet<string> {
  return new Set(
    places.flatMap(({ path, depth }) =>
      path
        .map((_, index) => index + 1)
        .filter((n) => n > depth)
        .map((n) => keyOf(path.slice(0, n))),
    ),
  );
}

function back(value: Json, place: Place, made: ReadonlySet<string>, copy: (path: string) => Json | undefined): TextEdit | undefined {
  if (place.was === undefined) return { remove: emptied(value, place.path, made) };
  const before = copy(place.was);
  const old = before === undefined ? undefined : at(before, place.path);
  return old === undefined ? undefined : { set: place.path, to: old };
}

/** The outermost place made by us that holds nothing once the value at `path` is gone. */
function emptied(value: Json, path: readonly PathStep[], made: ReadonlySet<string>): readonly PathStep[] {
  const without = edited(value, { remove: path });
  let length = path.length;
  while (length > 1 && made.has(keyOf(path.slice(0, length - 1)))) {
    const above = path.slice(0, length - 1);
    const rest = length === path.length ? at(without, above) : at(edited(value, { remove: path.slice(0, length) }), above);
    if (!isEmpty(rest) && !isNameOnly(rest, above.at(-1))) break;
    length--;
  }
  return path.slice(0, length);
}

function isNameOnly(value: Json | undefined, step: PathStep | undefined): boolean {
  return isObject(value) && typeof step === 'object' && Object.keys(value).every((key) => key === step.where);
}
