import { dayOf, hourOf } from '../../../../ledger/store/time-labels.ts';
import { daysBetween, type UsageRange } from '../../contract/usage/range.ts';

export interface Slot {
  label: string;
  ahead: boolean;
}

/** A range as times: whole days, so that sums by day are sums of the range. */
export interface Span {
  since: number;
  until: number;
  before: { since: number; until: number };
  unit: 'day' | 'hour';
  slots: Slot[];
}

/** Within a quarter of an hour, all times have one day and hour, in every time zone. */
const QUARTER_MS = 15 * 60_000;

/** The days of a range: as numbers that Date takes, months from 0, days over and under the month's as well. */
interface Days {
  year: number;
  month: number;
  day: number;
  count: number;
}

/** `now`: milliseconds since the epoch. Days are those of this machine's time zone, which is the gateway's. */
export function spanOf(range: UsageRange, now: number): Span {
  const days = daysOf(range, new Date(now));
  const { year, month, day, count } = days;
  const since = startOf(year, month, day);
  const until = startOf(year, month, day + count);
  const unit = count < 2 ? 'hour' : 'day';
  return {
    since,
    until,
    before: beforeOf(range, days, now),
    unit,
    slots: unit === 'hour' ? hoursOf(since, until, now) : daySlots(days, now),
  };
}

function daysOf(range: UsageRange, today: Date): Days {
  const [year, month, day] = [today.getFullYear(), today.getMonth(), today.getDate()];
  switch (range) {
    case 'today':
      return { year, month, day, count: 1 };
    case '7d':
      return { year, month, day: day - 6, count: 7 };
    case '30d':
      return { year, month, day: day - 29, count: 30 };
    case '90d':
      return { year, month, day: day - 89, count: 90 };
    case 'month':
      return { year, month, day: 1, count: daysIn(year, month) };
    case 'lastMonth':
      return { year, month: month - 1, day: 1, count: daysIn(year, month - 1) };
    default:
      return ownDays(range);
  }
}

function ownDays({ from, to }: { from: string; to: string }): Days {
  const [year = 0, month = 1, day = 1] = from.split('-').map(Number);
  return { year, month: month - 1, day, count: daysBetween(from, to) + 1 };
}

/** The range before; of one that is not over, as far as it has come: so the days compared are as long. */
function beforeOf(range: UsageRange, { year, month, day, count }: Days, now: number): Span['before'] {
  const since = startOf(year, month, day);
  const byMonth = range === 'month' || range === 'lastMonth';
  const first = byMonth ? startOf(year, month - 1, 1) : startOf(year, month, day - count);
  if (startOf(year, month, day + count) <= now) return { since: first, until: since };
  const far = byMonth ? shifted(now, 1, 0) : shifted(now, 0, count);
  return { since: first, until: Math.max(first, Math.min(far, since)) };
}

/** The same time of day, so many months and days earlier. */
function shifted(at: number, months: number, days: number): number {
  const date = new Date(at);
  const time = [date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds()] as const;
  return new Date(date.getFullYear(), date.getMonth() - months, date.getDate() - days, ...time).getTime();
}

/** A day's first moment: midnight, or later where the clocks skip it. */
function startOf(year: number, month: number, day: number): number {
  return new Date(year, month, day).getTime();
}

function daysIn(year: number, month: number): number {
  return new Date(year, month + 1, 0).getDate();
}

function daySlots({ year, month, day, count }: Days, now: number): Slot[] {
  return Array.from({ length: count }, (_, at) => {
    const start = startOf(year, month, day + at);
    return { label: dayOf(start), ahead: start > now };
  });
}

/** The hours there are: where clocks change, 23 or 24 names; the hour that comes twice is one. */
function hoursOf(since: number, until: number, now: number): Slot[] {
  const slots = new Map<string, Slot>();
  for (let at = since; at < until; at += QUARTER_MS) {
    const label = hourOf(at);
    if (!slots.has(label)) slots.set(label, { label, ahead: at > now });
  }
  return [...slots.values()];
}
