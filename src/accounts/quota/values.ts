import * as z from 'zod';
import type { QuotaUnit, ReadWindow } from './types.ts';

const DAY_MS = 86_400_000;
/** The latest moment that makes sense: no window is longer than a year, and a little for clocks that differ. */
const FURTHEST_MS = 400 * DAY_MS;
/** Epoch seconds of today have 10 digits, milliseconds 13. */
const MILLISECONDS_FROM = 1e11;

/** A finite number, also where a vendor writes it as a string (`"49.58"`); anything else is `undefined`. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*-?\d{1,18}(?:\.\d{1,18})?\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A moment in milliseconds since the epoch, from epoch seconds, epoch milliseconds or ISO 8601; `undefined` when it reads otherwise. */
export function momentOf(value: unknown, now: number): number | undefined {
  const number = numberOf(value);
  const at = number === undefined ? isoOf(value) : number < MILLISECONDS_FROM ? number * 1000 : number;
  return at !== undefined && at > 0 && at - now <= FURTHEST_MS ? at : undefined;
}

/** With a zone only: a time of nowhere may be hours off. */
function isoOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}

/** Fields of vendors' bodies: what is absent, null or of another type is `undefined` and never fails the whole. */
export const field = {
  number: z.unknown().transform(numberOf).optional(),
  text: z.string().min(1).max(200).optional().catch(undefined),
  flag: z.boolean().optional().catch(undefined),
  any: z.unknown().optional(),
  object: <S extends z.ZodRawShape>(shape: S) => z.object(shape).optional().catch(undefined),
  /** Entries that are no such objects are left out. */
  list: <S extends z.ZodRawShape>(shape: S) =>
    z
      .array(z.object(shape).optional().catch(undefined))
      .catch([])
      .transform((entries) => entries.filter((entry) => entry !== undefined)),
};

/** The parts of a window as a vendor gave them. */
export interface Parts {
  id: string;
  label: string;
  unit: QuotaUnit;
  model?: string | undefined;
  usedPercent?: number | undefined;
  used?: number | undefined;
  limit?: number | undefined;
  remaining?: number | undefined;
  resetsAt?: number | undefined;
  overage?: boolean | undefined;
  notChat?: boolean | undefined;
}

/**
 * A window of what is known, with what follows from it: of limit, used and remaining two give the third, and limit and used the per
 * cent where the vendor gave none. Empty when nothing was told: a name without a figure is no window.
 */
export function windowOf(parts: Parts): ReadWindow[] {
  const { id, label, unit, model, resetsAt } = parts;
  const limit = parts.limit !== undefined && parts.limit > 0 ? parts.limit : undefined;
  const used = parts.used ?? difference(limit, parts.remaining);
  const remaining = parts.remaining ?? difference(limit, used);
  const usedPercent = parts.usedPercent ?? (limit !== undefined && used !== undefined ? (used / limit) * 100 : undefined);
  if (usedPercent === undefined && used === undefined && remaining === undefined) return [];
  return [
    {
      id,
      label,
      ...(model !== undefined && { model }),
      ...(usedPercent !== undefined && { usedPercent: tidy(Math.max(0, usedPercent)) }),
      ...(used !== undefined && { used: tidy(Math.max(0, used)) }),
      ...(limit !== undefined && { limit }),
      ...(remaining !== undefined && { remaining: tidy(remaining) }),
      unit,
      ...(resetsAt !== undefined && { resetsAt }),
      ...(parts.overage && { overage: true as const }),
      ...(parts.notChat && { notChat: true as const }),
    },
  ];
}

function difference(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a - b;
}

/** Without the noise of binary fractions: 100 − 74.5 is 25.5, and 0.07 × 100 is 7. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

/** Id and name of a window of so many minutes: `5h`, `7d`, `30m`. */
export function ofMinutes(minutes: number): { id: string; label: string } {
  const [count, letter, word] =
    minutes % 1440 === 0
      ? ([minutes / 1440, 'd', 'day'] as const)
      : minutes % 60 === 0
        ? ([minutes / 60, 'h', 'hour'] as const)
        : ([minutes, 'm', 'minute'] as const);
  return { id: `${count}${letter}`, label: `${count} ${word}${count === 1 ? '' : 's'}` };
}

export const MONTH = { id: 'month', label: 'Month' };
