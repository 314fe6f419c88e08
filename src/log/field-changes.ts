import { isDeepStrictEqual } from 'node:util';
import type { FieldChange } from './audit.ts';

const LONGEST = 200;

/** The fields that differ, by their path, objects entered and lists taken whole. */
export function fieldChanges(before: object, after: object): FieldChange[] {
  return changesIn(before, after, '');
}

function changesIn(before: object, after: object, path: string): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    changeOf(Reflect.get(before, name), Reflect.get(after, name), path === '' ? name : `${path}.${name}`),
  );
}

function changeOf(before: unknown, after: unknown, field: string): FieldChange[] {
  if (isDeepStrictEqual(before, after)) return [];
  if (isPlain(before) && isPlain(after)) return changesIn(before, after, field);
  return [{ field, ...(before === undefined ? {} : { before: shown(before) }), ...(after === undefined ? {} : { after: shown(after) }) }];
}

/** A value without what is too long to be of use. */
function shown(value: unknown): unknown {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length <= LONGEST ? value : `${text.slice(0, LONGEST)}… (${text.length} characters)`;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
