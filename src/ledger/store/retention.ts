import type { Columns } from './columns.ts';
import { type DaySums, type Days, keyOf } from './days.ts';
import { Histogram } from './histogram.ts';
import type { SqlDatabase } from './sql-database.ts';
import { Sums } from './sums.ts';
import { dayOf, startOfDay, TimeLabels } from './time-labels.ts';

export interface Retention {
  maxBytes: number;
  keepDays: number;
}

/** After a cut by size there is room for this share again, so that the next one is not due at once. */
const ROOM = 0.1;
const MOST_ROUNDS = 8;

/**
 * Makes daily sums of the records of days before the last `keepDays`, and of the oldest ones beyond `maxBytes`; then of the oldest days
 * nothing. Gives how many records were rolled up.
 */
export function retain(db: SqlDatabase, columns: Columns, days: Days, { maxBytes, keepDays }: Retention, now: number): number {
  const before = columns.length;
  rollUp(db, columns, days, startOfDay(now, keepDays));
  if (db.liveBytes > maxBytes) shrink(db, columns, days, maxBytes * (1 - ROOM));
  if (columns.length < before) db.compact();
  return before - columns.length;
}

function shrink(db: SqlDatabase, columns: Columns, days: Days, maxBytes: number): void {
  for (let round = 0; round < MOST_ROUNDS && db.liveBytes > maxBytes; round++) {
    const bytes = db.liveBytes;
    if (columns.length > 0) rollUp(db, columns, days, cutoffFor(columns, Math.ceil(columns.length * (1 - maxBytes / bytes))));
    else if (days.oldest !== undefined) days.remove(days.oldest);
  }
}

/** The time before which at least the `count` oldest records lie. */
function cutoffFor(columns: Columns, count: number): number {
  const times = columns.numbers.at.slice(0, columns.length).sort();
  return (times[Math.max(0, count - 1)] ?? 0) + 1;
}

/** Makes daily sums of the records before a time. */
export function rollUp(db: SqlDatabase, columns: Columns, days: Days, before: number): void {
  const sums = daySums(columns, before);
  if (sums.length === 0) return;
  db.transaction(() => {
    days.add(sums);
    db.run('DELETE FROM requests WHERE at < ?', [before]);
  });
  columns.removeBefore(before);
}

function daySums(columns: Columns, before: number): DaySums[] {
  const days = new Map<string, DaySums>();
  const labels = new TimeLabels(dayOf);
  const { at, firstMs, totalMs } = columns.numbers;
  for (let i = 0; i < columns.length; i++) {
    const time = at[i] ?? 0;
    if (time >= before) continue;
    const day = dayFor(
      days,
      labels.label(labels.idAt(time)),
      columns.codes.map((codes) => codes[i] ?? 0),
      time,
    );
    day.firstAt = Math.min(day.firstAt, time);
    day.lastAt = Math.max(day.lastAt, time);
    day.sums.add(columns, i);
    const [first = Number.NaN, total = Number.NaN] = [firstMs[i], totalMs[i]];
    if (!Number.isNaN(first)) day.first.add(first);
    if (!Number.isNaN(total)) day.total.add(total);
  }
  return [...days.values()];
}

function dayFor(days: Map<string, DaySums>, day: string, codes: number[], at: number): DaySums {
  const key = keyOf(day, codes);
  const known = days.get(key);
  if (known) return known;
  const fresh: DaySums = { day, codes, firstAt: at, lastAt: at, sums: new Sums(), first: new Histogram(), total: new Histogram() };
  days.set(key, fresh);
  return fresh;
}
