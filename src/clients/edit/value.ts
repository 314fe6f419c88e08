import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { PathStep, TextEdit } from './edit.ts';

/** What lies at a path, or how many of its steps could be walked. */
export type Looked = { found: true; value: Json } | { found: false; depth: number };

/** Sets a member, also one named `__proto__`. */
export function put(object: JsonObject, key: string, value: Json): void {
  Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
}

/** The member itself, never an inherited one. */
export function member(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Where in a list the item is that a step means; its length when there is none. */
export function itemIndex(list: readonly Json[], step: number | { where: string; is: string }): number {
  if (typeof step === 'number') return step;
  const at = list.findIndex((item) => isObject(item) && member(item, step.where) === step.is);
  return at < 0 ? list.length : at;
}

function child(value: Json, step: PathStep): Json | undefined {
  if (typeof step === 'string') return isObject(value) ? member(value, step) : undefined;
  return Array.isArray(value) ? value[itemIndex(value, step)] : undefined;
}

/** Walks a path in a value. */
export function lookUp(value: Json, path: readonly PathStep[]): Looked {
  let at = value;
  for (const [depth, step] of path.entries()) {
    const next = child(at, step);
    if (next === undefined) return { found: false, depth };
    at = next;
  }
  return { found: true, value: at };
}

/** The same value; the order of members does not count. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (Object.is(a, b) || a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => same(item, b[index]));
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]));
}

/** True for an object or a list without members. */
export function isEmpty(value: Json | undefined): boolean {
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0;
}

/** What the remaining steps of a path make, with the value at their end. */
export function built(steps: readonly PathStep[], to: Json): Json {
  return steps.reduceRight<Json>((value, step) => {
    if (typeof step === 'number') return [value];
    const object: JsonObject = {};
    if (typeof step === 'string') {
      put(object, step, value);
      return object;
    }
    put(object, step.where, step.is);
    if (isObject(value)) for (const [key, item] of Object.entries(value)) put(object, key, item ?? null);
    return [object];
  }, to);
}

/** One item of a list as `built` makes it, without the list around it. */
export function builtItem(step: number | { where: string; is: string }, rest: readonly PathStep[], to: Json): Json {
  const list = built([step, ...rest], to);
  return Array.isArray(list) ? (list[0] ?? null) : list;
}

/** What a step does not fit: `depth` steps lead to it. */
export interface Mismatch {
  depth: number;
}

/** How many steps lead to something that cannot hold the next one; `undefined`: all fit, or can be made. A null can become anything. */
export function mismatch(value: Json, path: readonly PathStep[]): Mismatch | undefined {
  let at = value;
  for (const [depth, step] of path.entries()) {
    if (at === null) return undefined;
    if (typeof step === 'string' ? !isObject(at) : !Array.isArray(at)) return { depth };
    if (Array.isArray(at) && typeof step === 'number' && step > at.length) return { depth };
    const next = child(at, step);
    if (next === undefined) return undefined;
    at = next;
  }
  return undefined;
}

/** The value after an edit; for one that fits. */
export function edited(value: Json, edit: TextEdit): Json {
  return 'set' in edit ? replaced(value, edit.set, edit.to) : without(value, edit.remove);
}

function replaced(value: Json | undefined, path: readonly PathStep[], to: Json): Json {
  const [step, ...rest] = path;
  if (step === undefined) return to;
  if (value === undefined || value === null) return built(path, to);
  if (typeof step === 'string') {
    const copy = isObject(value) ? { ...value } : {};
    put(copy, step, replaced(member(copy, step), rest, to));
    return copy;
  }
  const list = Array.isArray(value) ? [...value] : [];
  const index = itemIndex(list, step);
  list[index] = index < list.length ? replaced(list[index], rest, to) : builtItem(step, rest, to);
  return list;
}

function without(value: Json, path: readonly PathStep[]): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  const inside = child(value, step);
  if (inside === undefined) return value;
  if (isObject(value) && typeof step === 'string') {
    const copy = { ...value };
    if (rest.length > 0) put(copy, step, without(inside, rest));
    else delete copy[step];
    return copy;
  }
  if (!Array.isArray(value) || typeof step === 'string') return value;
  const index = itemIndex(value, step);
  return value.flatMap((item, at) => (at !== index ? [item] : rest.length > 0 ? [without(item, rest)] : []));
}
