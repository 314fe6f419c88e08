import type { SqlValue } from 'sql.js';
import { Histogram } from './histogram.ts';
import { NAME_DIMENSIONS } from './measured.ts';
import type { SqlDatabase } from './sql-database.ts';
import { AMOUNTS, COUNTS, Sums } from './sums.ts';

/** What is left of the requests of one day and one combination of names. */
export interface DaySums {
  day: string;
  /** Numbers of names, in the order of NAME_DIMENSIONS. */
  codes: number[];
  /** Times of the first and the last request. */
  firstAt: number;
  lastAt: number;
  sums: Sums;
  first: Histogram;
  total: Histogram;
}

const SUM_NAMES = [...COUNTS, ...AMOUNTS] as const;

/** `paid` is called `cost` in the file. */
const columnOf = (name: string): string => (name === 'paid' ? 'cost' : name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

const COLUMNS = ['day', 'first_at', 'last_at', 'first_histogram', 'total_histogram', ...NAME_DIMENSIONS, ...SUM_NAMES.map(columnOf)];
const NAMES_AT = 5;
const SUMS_AT = NAMES_AT + NAME_DIMENSIONS.length;

const SELECT = `SELECT ${COLUMNS.join(', ')} FROM days ORDER BY day`;
const REPLACE = `INSERT OR REPLACE INTO days (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})`;

/** The days kept as sums, in memory as in the file. */
export class Days {
  readonly #db: SqlDatabase;
  readonly #days = new Map<string, DaySums>();

  constructor(db: SqlDatabase) {
    this.#db = db;
    for (const row of db.rows(SELECT)) {
      const day = dayOfRow(row);
      this.#days.set(keyOf(day.day, day.codes), day);
    }
  }

  all(): Iterable<DaySums> {
    return this.#days.values();
  }

  get oldest(): string | undefined {
    let oldest: string | undefined;
    for (const { day } of this.#days.values()) if (oldest === undefined || day < oldest) oldest = day;
    return oldest;
  }

  /** Adds to what is kept of each day already. */
  add(days: Iterable<DaySums>): void {
    for (const day of days) {
      const key = keyOf(day.day, day.codes);
      const kept = this.#days.get(key);
      const sum = kept ? merged(kept, day) : day;
      this.#db.run(REPLACE, rowOfDay(sum));
      this.#days.set(key, sum);
    }
  }

  /** Forgets one day altogether. */
  remove(day: string): void {
    this.#db.run('DELETE FROM days WHERE day = ?', [day]);
    for (const [key, kept] of this.#days) if (kept.day === day) this.#days.delete(key);
  }
}

export const keyOf = (day: string, codes: readonly number[]): string => `${day} ${codes.join(' ')}`;

function merged(a: DaySums, b: DaySums): DaySums {
  const sum: DaySums = {
    day: a.day,
    codes: a.codes,
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    sums: new Sums(),
    first: new Histogram(),
    total: new Histogram(),
  };
  for (const part of [a, b]) {
    sum.sums.addAll(part.sums);
    sum.first.addAll(part.first);
    sum.total.addAll(part.total);
  }
  return sum;
}

function rowOfDay({ day, codes, firstAt, lastAt, sums, first, total }: DaySums): SqlValue[] {
  const values = SUM_NAMES.map((name) => (Number.isNaN(sums[name]) ? null : sums[name]));
  return [day, firstAt, lastAt, JSON.stringify(first), JSON.stringify(total), ...codes, ...values];
}

function dayOfRow(row: readonly SqlValue[]): DaySums {
  const [day, firstAt, lastAt, first, total] = row;
  const sums = new Sums();
  for (const [i, name] of SUM_NAMES.entries()) {
    const value = row[SUMS_AT + i] ?? null;
    if (value !== null) sums[name] = Number(value);
  }
  return {
    day: String(day),
    codes: row.slice(NAMES_AT, SUMS_AT).map(Number),
    firstAt: Number(firstAt),
    lastAt: Number(lastAt),
    sums,
    first: Histogram.parse(String(first)),
    total: Histogram.parse(String(total)),
  };
}
