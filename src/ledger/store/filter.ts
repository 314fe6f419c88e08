import type { LedgerFilter, Outcome } from '../ledger.ts';
import { type Columns, FLAGS } from './columns.ts';
import type { DaySums } from './days.ts';
import { NAME_DIMENSIONS } from './measured.ts';
import type { Names } from './names.ts';
import type { Search } from './search.ts';

/** Which bits of `flags` an outcome looks at, and what they must be. */
const OUTCOME_FLAGS: Record<Outcome, { mask: number; is: number }> = {
  answered: { mask: FLAGS.failed | FLAGS.cancelled, is: 0 },
  failed: { mask: FLAGS.failed, is: FLAGS.failed },
  cancelled: { mask: FLAGS.cancelled, is: FLAGS.cancelled },
  fallback: { mask: FLAGS.elsewhere, is: FLAGS.elsewhere },
};

/** Tells which records and days a filter lets through; `undefined` where it asks for a name never seen, so that nothing fits. */
export class Filter {
  readonly #filter: LedgerFilter;
  readonly #since: number;
  readonly #until: number;
  /** The dimensions asked for, as index and number of the name. */
  readonly #wanted: { dimension: number; code: number }[];
  readonly #search: Search;

  private constructor(filter: LedgerFilter, wanted: { dimension: number; code: number }[], search: Search) {
    this.#filter = filter;
    this.#since = filter.since ?? Number.NEGATIVE_INFINITY;
    this.#until = filter.until ?? Number.POSITIVE_INFINITY;
    this.#wanted = wanted;
    this.#search = search;
  }

  static of(filter: LedgerFilter, { names, search }: { names: Names; search: Search }): Filter | undefined {
    const wanted: { dimension: number; code: number }[] = [];
    for (const [dimension, name] of NAME_DIMENSIONS.entries()) {
      const asked = filter.where?.[name];
      if (asked === undefined) continue;
      const code = names.find(asked);
      if (code === undefined) return undefined;
      wanted.push({ dimension, code });
    }
    return new Filter(filter, wanted, search);
  }

  /** A test for records by their index; good until the columns change. */
  records(columns: Columns): (i: number) => boolean {
    const { at } = columns.numbers;
    const [since, until] = [this.#since, this.#until];
    const tests = this.#wanted.map(({ dimension, code }) => ({ code, codes: columns.codes[dimension] }));
    const { flags } = columns;
    const { outcome, search } = this.#filter;
    const { mask, is } = outcome ? OUTCOME_FLAGS[outcome] : { mask: 0, is: 0 };
    const found = search ? this.#search.records(search, columns) : () => true;
    return (i) => {
      const time = at[i] ?? 0;
      const fits = time >= since && time < until && ((flags[i] ?? 0) & mask) === is;
      return fits && tests.every(({ code, codes }) => codes?.[i] === code) && found(i);
    };
  }

  /** Whether all of a day's requests lie in the asked time, and fit. What single requests are asked for is no longer known of them. */
  day({ firstAt, lastAt, codes }: DaySums): boolean {
    if (this.#filter.outcome || this.#filter.search) return false;
    return firstAt >= this.#since && lastAt < this.#until && this.#wanted.every(({ dimension, code }) => codes[dimension] === code);
  }
}
