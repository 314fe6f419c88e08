import * as z from 'zod';

export const NAMED_RANGES = ['today', '7d', '30d', 'month', 'lastMonth', '90d'] as const;
export type NamedRange = (typeof NAMED_RANGES)[number];

/** `2026-11-22`, a day there is. */
function isDay(text: string): boolean {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** Days between two dates; both as `2026-11-22`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00Z`) - Date.parse(`${from}T00:00Z`)) / 86_400_000);
}

/** The longest own range: more than the ledger's days are worth one bar each. */
const MOST_DAYS = 1100;

const day = z.string().refine(isDay);

/** Whole days of the gateway's time zone, the last one included. */
export const usageRange = z.union([
  z.enum(NAMED_RANGES),
  z.object({ from: day, to: day }).refine(({ from, to }) => from <= to && daysBetween(from, to) < MOST_DAYS),
]);
export type UsageRange = z.infer<typeof usageRange>;

/** What usage can be split and filtered by. */
export const GROUPINGS = ['model', 'provider', 'account', 'key', 'client', 'combo', 'tier'] as const;
export type Grouping = (typeof GROUPINGS)[number];
