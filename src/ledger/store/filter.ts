import type { LedgerFilter } from '../ledger.ts';
import type { Columns } from './columns.ts';
import type { DaySums } from './days.ts';
import { NAME_DIMENSIONS } from './measured.ts';
import type { Names } from './names.ts';

/** Tells which records and days a filter lets through; `undefined` where it asks for a name never seen, so that nothing fits. */
export class Filter {
  readonly #since: number;
  readonly #until: number;
  /** The dimensions asked for, as index and number of the name. */
  readonly #wanted: { dimension: number; code: number }[];

  private constructor({ since, until }: LedgerFilter, wanted: { dimension: number; code: number }[]) {
    this.#since = since ?? Number.NEGATIVE_INFINITY;
    this.#until = until ?? Number.POSITIVE_INFINITY;
    this.#wanted = wanted;
  }

  static of(filter: LedgerFilter, names: Names): Filter | undefined {
    const wanted: { dimension: number; code: number }[] = [];
    for (const [dimension, name] of NAME_DIMENSIONS.entries()) {
      const asked = filter.where?.[name];
      if (asked === undefined) continue;
      const code = names.find(asked);
      if (code === undefined) return undefined;
      wanted.push({ dimension, code });
    }
    return new Filter(filter, wanted);
  }

  /** A test for records by their index; good until the columns change. */
  records(columns: Columns): (i: number) => boolean {
    const { at } = columns.numbers;
    const [since, until] = [this.#since, this.#until];
    const tests = this.#wanted.map(({ dimension, code }) => ({ code, codes: columns.codes[dimension] }));
    return (i) => {
      const time = at[i] ?? 0;
      return time >= since && time < until && tests.every(({ code, codes }) => codes?.[i] === code);
    };
  }

  /** Whether all of a day's requests lie in the asked time, and fit. */
  day({ firstAt, lastAt, codes }: DaySums): boolean {
    return firstAt >= this.#since && lastAt < this.#until && this.#wanted.every(({ dimension, code }) => codes[dimension] === code);
  }
}
