import type * as z from 'zod';
import { dateOf, durationMs } from '../config/duration.ts';
import { describeIssues } from '../config/schema.ts';
import { UsageError } from './io.ts';

/** A value that takes back what an option set before. */
export const NONE = 'none';

/** `a, b,c` as its entries; `undefined` when the option is absent. Throws when it names nothing. */
export function listOption(flag: string, text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (entries.length === 0) throw new UsageError(`${flag} names nothing`);
  return entries;
}

/** A whole number of at least `min`; `undefined` when the option is absent. */
export function numberOption(flag: string, text: string | undefined, min = 1): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < min)
    throw new UsageError(`${flag} takes a whole number${min === Number.NEGATIVE_INFINITY ? '' : ` from ${min} on`}, not "${text}"`);
  return value;
}

/** A number within bounds, fractions allowed; `undefined` when the option is absent. */
export function decimalOption(flag: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < min || value > max)
    throw new UsageError(`${flag} takes a number ${max === Number.MAX_VALUE ? `from ${min} on` : `from ${min} to ${max}`}, not "${text}"`);
  return value;
}

/** `none` as null, so that the caller can tell "take it back" from "absent"; else what `read` makes of the text. */
export function orNone<T>(text: string | undefined, read: (text: string) => T): T | null | undefined {
  if (text === undefined) return undefined;
  return text === NONE ? null : read(text);
}

/** One of a set of words. */
export function oneOf<T extends string>(what: string, text: string, words: readonly T[]): T {
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`the ${what} "${text}" is not known; there are ${words.join(', ')}`);
  return found;
}

/** A duration option in milliseconds; `undefined` when it is absent. */
export function durationOption(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = durationMs(text);
  if (ms === undefined) throw new UsageError(`${flag} takes a duration such as 30m, 24h or 7d, not "${text}"`);
  return ms;
}

/** A moment ahead: a duration from now (`30d`), a day (`2027-01-01`: its start on this machine) or an ISO 8601 time. */
export function momentOption(flag: string, text: string | undefined, now: number): Date | undefined {
  if (text === undefined) return undefined;
  const ms = durationMs(text);
  const moment = ms === undefined ? dateOf(text) : new Date(now + ms);
  if (!moment || Number.isNaN(moment.getTime()))
    throw new UsageError(`${flag} takes a duration (30d) or a day (2027-01-01), not "${text}"`);
  if (moment.getTime() <= now) throw new UsageError(`${flag}: ${text} is over already`);
  return moment;
}

/** Checks what was put together from options; throws what is wrong with it, by the field's name. */
export function checkedBy<T>(schema: z.ZodType<T>, value: unknown): T {
  const checked = schema.safeParse(value);
  if (!checked.success) throw new UsageError(describeIssues(checked.error).join('; '));
  return checked.data;
}
