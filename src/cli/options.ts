import type * as z from 'zod';
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

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `90s`, `30m`, `24h`, `30d`, `2w` or `0` in milliseconds; `undefined` when it is no such thing. */
export function durationMs(text: string): number | undefined {
  if (text === '0') return 0;
  const [, amount, unit] = /^(\d+)([smhdw])$/.exec(text) ?? [];
  const factor = UNITS[unit ?? ''];
  return factor === undefined ? undefined : Number(amount) * factor;
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

function dateOf(text: string): Date | undefined {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
    // A day alone is read as UTC by the language; people mean their own.
    const day = new Date(`${text}T00:00`);
    return day.getDate() === Number(text.slice(8)) ? day : undefined;
  }
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? new Date(text) : undefined;
}

/** Checks what was put together from options; throws what is wrong with it, by the field's name. */
export function checkedBy<T>(schema: z.ZodType<T>, value: unknown): T {
  const checked = schema.safeParse(value);
  if (!checked.success) throw new UsageError(describeIssues(checked.error).join('; '));
  return checked.data;
}
