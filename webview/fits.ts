import type { Sorted } from './ui/table/columns.ts';

/** Whether what was kept still is what it is to be: for `useKept`. */

export const isText = (value: unknown): value is string => typeof value === 'string';
export const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One of these values. */
export function isOneOf<T extends string>(values: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => values.some((each) => each === value);
}

/** How a table is sorted, by one of its columns. */
export function isSortedBy(columns: readonly string[]): (value: unknown) => value is Sorted {
  const isColumn = isOneOf(columns);
  return (value): value is Sorted => isRecord(value) && isColumn(value.by) && isFlag(value.down);
}
