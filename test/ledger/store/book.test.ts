import fc from 'fast-check';
import type { SqlJs } from 'sql.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { DIMENSIONS, type LedgerFilter, OUTCOMES, type Percentiles, type UsageQuery, type UsageRow } from '../../../src/ledger/ledger.ts';
import type { RequestRecord } from '../../../src/ledger/record.ts';
import { Book } from '../../../src/ledger/store/book.ts';
import { startOfDay } from '../../../src/ledger/store/time-labels.ts';
import { anyRecord, loadSql, recordWith } from './records.ts';
import { fits, referenceUsage } from './reference.ts';

/** Within six days clocks were set back: in America on the 1st. */
const NOW = Date.parse('2026-11-03T12:00:00Z');
const DAY = 86_400_000;
const NEVER = { maxBytes: Number.POSITIVE_INFINITY, keepDays: 10_000 };

let sql: SqlJs;
beforeAll(async () => {
  sql = await loadSql();
});

const records = fc.uniqueArray(anyRecord(NOW, 6), { maxLength: 60, selector: (record) => record.id });
const someWhere = fc.record(
  {
    model: fc.constantFrom('p/m1', 'p/m2', ''),
    account: fc.constantFrom('account1', ''),
    key: fc.constantFrom('key0', 'nobody'),
    combo: fc.constant(''),
  },
  { requiredKeys: [] },
);
/** Mostly everything: a filter that lets nothing through proves little. */
const where = fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: someWhere });
/** What single records are asked for; mostly nothing. */
const asked: fc.Arbitrary<Pick<LedgerFilter, 'outcome' | 'search'>> = fc.record({
  outcome: fc.option(fc.constantFrom(...OUTCOMES), { nil: undefined, freq: 2 }),
  search: fc.option(fc.constantFrom('COUNT1', 'p/M', 'tool', 'asked2', 'a', '-4', 'b_', '%', '🙂', 'key0', ''), {
    nil: undefined,
    freq: 2,
  }),
});
const by = fc.uniqueArray(fc.constantFrom(...DIMENSIONS), { maxLength: 2 });
const time = fc.integer({ min: NOW - 6 * DAY, max: NOW });

function bookOf(all: readonly RequestRecord[]): Book {
  const book = new Book(sql);
  for (const record of all) book.add(record);
  return book;
}

const byName = (rows: UsageRow[]): UsageRow[] => [...rows].sort((a, b) => (JSON.stringify(a.by) < JSON.stringify(b.by) ? -1 : 1));

/** Sums of dollars depend on the order in their last digits. */
function rounded(row: UsageRow): UsageRow {
  const round = (n: number | null): number | null => (n === null ? null : Math.round(n * 1e9) / 1e9);
  return { ...row, cost: round(row.cost), saved: round(row.saved) };
}

describe('the book', () => {
  it('gives records back as they were added, newest first', () => {
    fc.assert(
      fc.property(records, (all) => {
        const book = bookOf(all);
        const newestFirst = [...all.entries()].sort(([i, a], [j, b]) => b.at - a.at || j - i).map(([, record]) => record);
        expect(book.requests({ limit: 100 })).toEqual(newestFirst);
        book.close();
      }),
    );
  });

  it('tells the numbers a plain count tells', () => {
    fc.assert(
      fc.property(
        records,
        by,
        where,
        asked,
        fc.option(time, { nil: undefined }),
        fc.option(time, { nil: undefined }),
        (all, by, where, asked, since, until) => {
          const book = bookOf(all);
          const query: UsageQuery = { by, where, since, until, ...asked };
          expect(book.count(query)).toBe(all.filter((record) => fits(record, query)).length);
          expect(byName(book.usage(query)).map(rounded)).toEqual(byName(referenceUsage(all, query)).map(rounded));
          book.close();
        },
      ),
      { numRuns: 300 },
    );
  });

  it('pages through what fits a filter, missing and repeating nothing', () => {
    fc.assert(
      fc.property(records, where, fc.integer({ min: 1, max: 7 }), (all, where, limit) => {
        const book = bookOf(all);
        const seen: RequestRecord[] = [];
        for (let before: string | undefined; ; ) {
          const page = book.requests({ where, limit, before });
          seen.push(...page);
          before = page.at(-1)?.id;
          if (page.length < limit) break;
        }
        expect(seen.map(({ id }) => id).sort()).toEqual(
          all
            .filter((record) => fits(record, { where }))
            .map(({ id }) => id)
            .sort(),
        );
        expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).sort((a, b) => b - a));
        book.close();
      }),
    );
  });

  it('knows of a file what it knew of the records', () => {
    fc.assert(
      fc.property(records, where, asked, (all, where, asked) => {
        const book = bookOf(all);
        const reread = new Book(sql, book.export(1));
        const query = { limit: 100, where, ...asked };
        expect(reread.requests(query)).toEqual(book.requests(query));
        expect(reread.count(query)).toBe(all.filter((record) => fits(record, query)).length);
        for (const { id } of all.slice(0, 3)) expect(reread.request(id)).toEqual(all.find((record) => record.id === id));
        expect(reread.request('nobody')).toBeUndefined();
        book.close();
        reread.close();
      }),
    );
  });

  it('gives any piece of the list by its distance from the newest', () => {
    fc.assert(
      fc.property(records, asked, fc.nat({ max: 70 }), fc.integer({ min: 1, max: 9 }), (all, asked, offset, limit) => {
        const book = bookOf(all);
        const whole = book.requests({ limit: 100, ...asked });
        expect(book.requests({ limit, offset, ...asked })).toEqual(whole.slice(offset, offset + limit));
        book.close();
      }),
    );
  });

  it('finds by an id what came after the last search, too', () => {
    const book = bookOf([recordWith('one-here'), recordWith('other')]);
    const ids = () => book.requests({ limit: 9, search: 'HERE' }).map(({ id }) => id);
    expect(ids()).toEqual(['one-here']);
    book.add(recordWith('two-here'));
    expect(ids()).toEqual(['two-here', 'one-here']);
    expect(book.count({ search: 'other' })).toBe(1);
    book.close();
  });

  it('orders by time, then by number of requests', () => {
    const book = bookOf([
      recordWith('1', { at: NOW - DAY, target: 'p/a' }),
      recordWith('2', { at: NOW, target: 'p/a' }),
      recordWith('3', { at: NOW, target: 'p/b' }),
      recordWith('4', { at: NOW, target: 'p/b' }),
    ]);
    expect(book.usage({ by: ['model', 'day'] }).map((row) => [...row.by, row.requests])).toEqual([
      ['p/a', '2026-11-02', 1],
      ['p/b', '2026-11-03', 2],
      ['p/a', '2026-11-03', 1],
    ]);
    expect(() => book.usage({ by: ['model', 'day', 'key'] })).toThrow('two dimensions');
  });

  it('counts from `since` on, until before `until`', () => {
    const book = bookOf([0, 1, 2, 3].map((i) => recordWith(`${i}`, { at: NOW + i })));
    expect(book.requests({ since: NOW + 1, until: NOW + 3, limit: 9 }).map(({ id }) => id)).toEqual(['2', '1']);
    expect(book.usage({ by: [], since: NOW + 1, until: NOW + 3 })[0]?.requests).toBe(2);
  });

  it('finds the newest of many that came in any order', () => {
    const book = bookOf(Array.from({ length: 2000 }, (_, i) => recordWith(`${i}`, { at: NOW + ((i * 7919) % 2003) })));
    const times = Array.from({ length: 2000 }, (_, i) => NOW + ((i * 7919) % 2003)).sort((a, b) => b - a);
    expect(book.requests({ limit: 5 }).map(({ at }) => at)).toEqual(times.slice(0, 5));
  });

  it('adds a record once', () => {
    const book = bookOf([recordWith('a'), recordWith('a', { totalMs: 5 }), recordWith('b')]);
    expect(book.usage({ by: [] })[0]?.requests).toBe(2);
    expect(book.requests({ limit: 9 }).map(({ id, totalMs }) => [id, totalMs])).toEqual([
      ['b', 2400],
      ['a', 2400],
    ]);
  });

  it('is the same after a save', () => {
    fc.assert(
      fc.property(records, by, (all, by) => {
        const book = bookOf(all);
        const again = new Book(sql, book.export(7));
        expect(again.appliedSegment).toBe(7);
        expect(again.requests({ limit: 100 })).toEqual(book.requests({ limit: 100 }));
        expect(byName(again.usage({ by })).map(rounded)).toEqual(byName(book.usage({ by })).map(rounded));
        again.add(recordWith('new'));
        expect(again.requests({ limit: 100 })).toHaveLength(all.length + 1);
        for (const each of [book, again]) each.close();
      }),
      { numRuns: 30 },
    );
  });
});

describe('retention', () => {
  const near = (a: Percentiles | null, b: Percentiles | null): void => {
    if (!a || !b) {
      expect(a).toEqual(b);
      return;
    }
    for (const p of ['p50', 'p95', 'p99'] as const) expect(Math.abs(a[p] - b[p])).toBeLessThanOrEqual(0.026 * b[p] + 1);
  };

  it('keeps every sum over whole days, and percentiles within a bucket', () => {
    const dayBy = fc.uniqueArray(fc.constantFrom(...DIMENSIONS.filter((dimension) => dimension !== 'hour')), { maxLength: 2 });
    const from = fc.option(fc.integer({ min: 3, max: 6 }), { nil: undefined, freq: 1 });
    const to = fc.option(fc.nat({ max: 2 }), { nil: undefined, freq: 1 });
    const keeps = fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(records, dayBy, where, from, to, keeps, (all, by, where, from, to, keeps) => {
        const book = bookOf(all);
        const query = {
          by,
          where,
          since: from === undefined ? undefined : startOfDay(NOW, from),
          until: to === undefined ? undefined : startOfDay(NOW, to),
        };
        const before = byName(book.usage(query));
        for (const keepDays of keeps.sort((a, b) => b - a)) book.retain({ ...NEVER, keepDays }, NOW);
        const again = new Book(sql, book.export(1));
        for (const after of [byName(book.usage(query)), byName(again.usage(query))]) {
          const sums = (rows: UsageRow[]): UsageRow[] => rows.map((row) => ({ ...rounded(row), firstTokenMs: null, totalMs: null }));
          expect(sums(after)).toEqual(sums(before));
          for (const [i, row] of after.entries()) {
            near(row.firstTokenMs, before[i]?.firstTokenMs ?? null);
            near(row.totalMs, before[i]?.totalMs ?? null);
          }
        }
        for (const each of [book, again]) each.close();
      }),
      { numRuns: 200 },
    );
  });

  it('forgets the single records of days it has made sums of, and their hours', () => {
    const book = bookOf([recordWith('old', { at: NOW - 3 * DAY }), recordWith('new', { at: NOW })]);
    expect(book.retain({ ...NEVER, keepDays: 2 }, NOW)).toBe(1);
    expect(book.requests({ limit: 9 }).map(({ id }) => id)).toEqual(['new']);
    expect(book.requests({ limit: 9, before: 'old' })).toEqual([]);
    expect(book.usage({ by: ['hour'] })).toHaveLength(1);
    expect(book.usage({ by: ['day'] }).map((row) => row.by)).toEqual([['2026-10-31'], ['2026-11-03']]);
    expect([book.oldest, book.oldestDay]).toEqual([NOW, '2026-10-31']);
  });

  it('makes sums of the oldest records where there is no room for them', () => {
    const book = new Book(sql);
    for (let i = 0; i < 4000; i++) book.add(recordWith(`record-${i}`, { at: NOW - (4000 - i) * 60_000 }));
    const before = book.usage({ by: [] })[0];
    book.retain({ keepDays: 90, maxBytes: 400_000 }, NOW);
    const bytes = book.export(1).length;
    expect(bytes).toBeLessThanOrEqual(400_000);
    expect(bytes).toBeGreaterThan(200_000);
    const left = book.requests({ limit: 5000 });
    expect(left.length).toBeGreaterThan(1000);
    expect(left.map(({ id }) => id)).toEqual(left.map((_, i) => `record-${3999 - i}`));
    expect(rounded({ ...(book.usage({ by: [] })[0] as UsageRow) }).inputTokens).toBe(before?.inputTokens);
    expect(book.usage({ by: [] })[0]?.requests).toBe(4000);
  });
});
