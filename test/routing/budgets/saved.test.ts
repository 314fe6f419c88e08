import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bench, budget, combo, DAY, target } from './support.ts';

const ME = { key: 'me' };

describe('what was spent', () => {
  const budgets = [budget({ account: 'name of a', usd: 5, tokens: 10, requests: 10 }), budget({ period: 'month', requests: 10 })];

  it('survives a restart, together with what was counted since', () => {
    const { book } = bench(budgets, [combo('c')]);
    book.spend(target('a'), ME, combo('c'))({ input: 1000 });
    book.spend({ ...target('a'), model: 'unpriced' }, ME, undefined)({ input: 1 });
    const next = bench(budgets);
    next.book.spend(target('b'), ME, undefined);
    next.book.restore(JSON.parse(JSON.stringify(book.toJSON())));
    expect(next.book.list().map(({ amounts }) => amounts.map(({ used }) => used))).toEqual([[0.01, 1001, 2], [3]]);
    expect(next.book.list()[0]?.unpriced).toBe(1);
    expect(JSON.parse(JSON.stringify(next.book.toJSON())).rows).toHaveLength(3);
  });

  it('is kept for this month and the last', () => {
    const { book, world } = bench(budgets, [], new Date(2026, 0, 31).getTime());
    book.spend(target('a'), ME, undefined);
    world.now = new Date(2026, 1, 28, 23).getTime();
    book.spend(target('a'), ME, undefined);
    const rows = (): unknown => JSON.parse(JSON.stringify(book.toJSON())).rows.map((row: { day: string }) => row.day);
    expect(rows()).toEqual(['2026-01-31', '2026-02-28']);
    world.now += DAY;
    expect(rows()).toEqual(['2026-02-28']);
    const saved = book.toJSON();
    const later = bench(budgets, [], new Date(2026, 3, 1).getTime());
    later.book.restore(saved);
    expect(later.book.toJSON()).toMatchObject({ rows: [] });
  });

  it('is kept when the clock jumps back', () => {
    const { book, world } = bench(budgets, [], new Date(2026, 11, 1, 0, 0, 1).getTime());
    book.spend(target('a'), ME, undefined);
    world.now -= 2000;
    expect(book.list()[0]?.amounts[2]?.used).toBe(0);
    world.now += 2000;
    expect(book.list()[0]?.amounts[2]?.used).toBe(1);
  });

  it('is taken back as far as it makes sense', () => {
    const { book } = bench(budgets);
    const row = { day: '2026-11-22', key: 'me', account: 'a', provider: 'openai', tier: 'api-key', usd: 1, tokens: 3, requests: 2 };
    book.restore({
      rows: [null, 'x', { ...row, usd: -1 }, { ...row, tier: 'gold' }, { ...row, tokens: '3' }, { ...row, day: 'today' }, row],
      names: { a: 'name of a' },
    });
    expect(book.list()[0]?.amounts.map(({ used }) => used)).toEqual([1, 3, 2]);
  });

  it('restores from anything without a word', () => {
    fc.assert(
      fc.property(fc.anything(), (saved) => {
        const { book } = bench(budgets);
        book.restore(saved);
        book.restore({ rows: saved, names: saved });
        book.restore({ rows: [saved] });
        expect(book.list()[0]?.state).toBe('ok');
      }),
    );
  });
});

const TARGETS = [
  target('a'),
  target('b', { provider: 'deepseek', tier: 'cheap' }),
  target('c', { tier: 'free' }),
  { ...target('a'), model: 'unpriced' },
];
const COMBOS = [undefined, combo('x', [{ tier: 'api-key', usd: 3 }]), combo('y', [{ tier: 'cheap', tokens: 9, period: 'month' }])];

const step = fc.oneof(
  fc.record({
    do: fc.constant('spend' as const),
    target: fc.nat(3),
    combo: fc.nat(2),
    key: fc.constantFrom('me', 'you'),
    tokens: fc.option(fc.nat(1_000_000), { nil: undefined }),
  }),
  fc.record({ do: fc.constant('settle' as const), which: fc.nat(30) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.nat(2 * DAY) }),
  fc.record({ do: fc.constant('restart' as const) }),
  fc.record({ do: fc.constant('read' as const) }),
);

describe('sums', () => {
  it('are those of the rows, in whatever order requests begin and end, days pass and the gateway restarts', () => {
    const budgets = [
      budget({ usd: 1, tokens: 1, requests: 1 }),
      budget({ key: 'me', period: 'month', usd: 1, tokens: 1, requests: 1 }),
      budget({ account: 'name of b', usd: 1, requests: 1 }),
      budget({ provider: 'openai', tier: 'free', period: 'month', tokens: 1, requests: 1 }),
    ];
    const combos = COMBOS.filter((entry) => entry !== undefined);
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let { book, world } = bench(budgets, combos);
        const open: (() => void)[] = [];
        for (const next of steps) {
          if (next.do === 'wait') world.now += next.ms;
          if (next.do === 'read') book.list();
          if (next.do === 'settle') open[next.which % Math.max(1, open.length)]?.();
          if (next.do === 'spend') {
            const settle = book.spend(TARGETS[next.target] ?? target('a'), { key: next.key }, COMBOS[next.combo]);
            open.push(() => settle({ input: next.tokens }));
          }
          if (next.do === 'restart') {
            const saved = JSON.parse(JSON.stringify(book.toJSON()));
            ({ book, world } = bench(budgets, combos, world.now));
            book.restore(saved);
            open.length = 0;
          }
        }
        const sums = book.list();
        const fresh = bench(budgets, combos, world.now).book;
        fresh.restore(JSON.parse(JSON.stringify(book.toJSON())));
        expect(sums).toEqual(fresh.list());
        expect(sums[0]?.amounts).toEqual(byHand(book.toJSON(), world.now));
      }),
      { numRuns: 300 },
    );
  });
});

/** The first budget (everything, today) added up from the saved rows. */
function byHand(saved: unknown, now: number): unknown {
  const date = new Date(now);
  const day = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
  const { rows } = saved as { rows: { day: string; usd: number; tokens: number; requests: number }[] };
  const today = rows.filter((row) => row.day === day);
  const sum = (of: (row: (typeof rows)[number]) => number): number => today.reduce((total, row) => total + of(row), 0);
  return [
    { unit: 'usd', limit: 1, used: sum((row) => Math.round(row.usd * 1e9)) / 1e9 },
    { unit: 'tokens', limit: 1, used: sum((row) => row.tokens) },
    { unit: 'requests', limit: 1, used: sum((row) => row.requests) },
  ];
}
