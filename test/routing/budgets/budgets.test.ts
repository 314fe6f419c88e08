import { describe, expect, it } from 'vitest';
import { bench, budget, combo, target } from './support.ts';

const ME = { key: 'me' };
const DOLLAR = { input: 90_000, output: 10_000 };

describe('a hard budget', () => {
  it('stops what it is about when it is reached, until its period ends, and says so', () => {
    const { book } = bench([budget({ tier: 'api-key', usd: 2 })]);
    const dear = target('a');
    book.spend(dear, ME, undefined)(DOLLAR);
    expect(book.blocked(dear, ME, undefined)).toBeUndefined();
    book.spend(dear, ME, undefined)(DOLLAR);
    expect(book.blocked(dear, ME, undefined)).toEqual({
      reason: 'budget',
      scope: 'budget',
      until: new Date(2026, 10, 23).getTime(),
      detail: 'budget "tier api-key, day" reached: $2.00 of $2.00',
    });
    expect(book.blocked(target('b'), { key: 'other' }, undefined)?.reason).toBe('budget');
    expect(book.blocked(target('c', { tier: 'cheap' }), ME, undefined)).toBeUndefined();
  });

  it('is over when its day is, and a month one when the month is', () => {
    const { book, world } = bench([budget({ key: 'me', requests: 1 }), budget({ key: 'me', period: 'month', requests: 2 })]);
    const to = target('a');
    book.spend(to, ME, undefined);
    const day = book.blocked(to, ME, undefined);
    expect(day?.detail).toBe('budget "key me, day" reached: 1 of 1 requests');
    world.now = (day?.until ?? 0) - 1;
    expect(book.blocked(to, ME, undefined)).toBeDefined();
    world.now += 1;
    expect(book.blocked(to, ME, undefined)).toBeUndefined();
    book.spend(to, ME, undefined);
    world.now = new Date(2026, 10, 30, 23, 59, 59, 999).getTime();
    const month = book.blocked(to, ME, undefined);
    expect(month?.detail).toBe('budget "key me, month" reached: 2 of 2 requests');
    expect(month?.until).toBe(world.now + 1);
    world.now += 1;
    expect(book.blocked(to, ME, undefined)).toBeUndefined();
  });

  it.each([
    ['key', { key: 'me' }],
    ['account by id', { account: 'a' }],
    ['account by name', { account: 'name of a' }],
    ['provider', { provider: 'openai' }],
    ['tier', { tier: 'api-key' }],
    ['everything', {}],
    ['all of them', { key: 'me', account: 'a', provider: 'openai', tier: 'api-key' }],
  ])('about %s stops that and nothing else', (_what, of) => {
    const { book } = bench([budget({ ...of, tokens: 1 })]);
    book.spend(target('a'), ME, undefined)({ input: 1, output: 1 });
    expect(book.blocked(target('a'), ME, undefined)).toBeDefined();
    const other = target('b', { tier: 'cheap', provider: 'deepseek' });
    expect(book.blocked(other, { key: 'other' }, undefined) === undefined).toBe(Object.keys(of).length > 0);
  });

  it('must fit in all it names', () => {
    const { book } = bench([budget({ key: 'me', account: 'a', requests: 1 })]);
    book.spend(target('a'), { key: 'other' }, undefined);
    book.spend(target('b'), ME, undefined);
    expect(book.blocked(target('a'), ME, undefined)).toBeUndefined();
    book.spend(target('a'), ME, undefined);
    expect(book.blocked(target('a'), ME, undefined)).toBeDefined();
    expect(book.blocked(target('b'), ME, undefined)).toBeUndefined();
  });

  it('of 0 means never', () => {
    const { book } = bench([budget({ account: 'a', requests: 0 }), budget({ account: 'b', usd: 0 }), budget({ account: 'c', tokens: 0 })]);
    expect(book.blocked(target('a'), ME, undefined)?.detail).toBe('budget "account a, day" reached: 0 of 0 requests');
    expect(book.blocked(target('b'), ME, undefined)?.detail).toBe('budget "account b, day" reached: $0.00 of $0.00');
    expect(book.blocked(target('c'), ME, undefined)).toBeDefined();
    expect(book.blocked(target('d'), ME, undefined)).toBeUndefined();
  });

  it('of money lets go on what costs nothing; one of requests does not', () => {
    const { book, world } = bench([budget({ usd: 1 })]);
    const free = target('f', { tier: 'free' });
    book.spend(target('a'), ME, undefined)(DOLLAR);
    book.spend(free, ME, undefined)(DOLLAR);
    expect(book.list()[0]?.amounts[0]?.used).toBe(1);
    expect(book.blocked(target('a'), ME, undefined)).toBeDefined();
    expect(book.blocked(free, ME, undefined)).toBeUndefined();
    expect(book.warnings(free, ME, undefined)).toEqual([]);
    world.budgets = [budget({ requests: 2 })];
    expect(book.blocked(free, ME, undefined)).toBeDefined();
  });

  it('counts requests that are still under way', () => {
    const { book } = bench([budget({ requests: 2 })]);
    const first = book.spend(target('a'), ME, undefined);
    book.spend(target('a'), ME, undefined);
    expect(book.blocked(target('a'), ME, undefined)).toBeDefined();
    first(undefined);
    expect(book.list()[0]?.amounts[0]?.used).toBe(2);
  });

  it('added later knows what was spent before', () => {
    const { book, world } = bench([]);
    book.spend(target('a'), ME, undefined)(DOLLAR);
    world.budgets = [budget({ account: 'name of a', usd: 1 })];
    expect(book.blocked(target('a'), ME, undefined)).toBeDefined();
  });

  it('follows an account that gets another name', () => {
    const { book } = bench([budget({ account: 'new', requests: 1 }), budget({ account: 'old', requests: 1 })]);
    book.spend(target('a', { name: 'old' }), ME, undefined);
    expect(book.list().map(({ state }) => state)).toEqual(['ok', 'reached']);
    expect(book.blocked(target('a', { name: 'new' }), ME, undefined)?.detail).toContain('account new');
    expect(book.list().map(({ state }) => state)).toEqual(['reached', 'ok']);
  });
});

describe("a combo's budget", () => {
  it('counts and stops only what goes through that combo', () => {
    const work = combo('work', [{ tier: 'api-key', requests: 1 }]);
    const { book } = bench([], [work, combo('play')]);
    book.spend(target('a'), ME, undefined);
    book.spend(target('a'), ME, combo('play'));
    expect(book.blocked(target('a'), ME, work)).toBeUndefined();
    book.spend(target('a'), ME, work);
    expect(book.blocked(target('a'), ME, work)?.detail).toBe('budget "combo work, tier api-key, day" reached: 1 of 1 requests');
    expect(book.blocked(target('a'), ME, undefined)).toBeUndefined();
    expect(book.blocked(target('a', { tier: 'cheap' }), ME, work)).toBeUndefined();
  });

  it('rests while the combo is off', () => {
    const { book, world } = bench([], [combo('work', [{ tier: 'api-key', requests: 1 }])]);
    expect(book.list()).toHaveLength(1);
    world.combos = world.combos.map((entry) => ({ ...entry, enabled: false }));
    expect(book.list()).toEqual([]);
  });
});

describe('a soft budget', () => {
  it('stops nothing and warns, as a hard one does before its end', () => {
    const { book } = bench([
      budget({ key: 'me', mode: 'soft', tokens: 1000, usd: 100 }),
      budget({ provider: 'openai', usd: 0.0125, warnAt: 79 }),
      budget({ key: 'other', mode: 'soft', requests: 1 }),
    ]);
    const settle = book.spend(target('a'), ME, undefined);
    expect(book.warnings(target('a'), ME, undefined)).toEqual([]);
    settle({ input: 900, output: 100 });
    expect(book.blocked(target('a'), ME, undefined)).toBeUndefined();
    expect(book.warnings(target('a'), ME, undefined)).toEqual([
      'Budget "key me, day" is reached: 1,000 of 1,000 tokens.',
      'Budget "provider openai, day" is at 80 %: $0.01 of $0.01.',
    ]);
    expect(book.list().map(({ state }) => state)).toEqual(['reached', 'warning', 'ok']);
  });
});

describe('what is counted', () => {
  it('is told once: a second settling changes nothing', () => {
    const { book, world } = bench([budget({ usd: 10, tokens: 10 ** 9, requests: 10 })]);
    const settle = book.spend(target('a'), ME, undefined);
    settle(DOLLAR);
    settle(DOLLAR);
    expect(book.list()[0]?.amounts).toEqual([
      { unit: 'usd', limit: 10, used: 1 },
      { unit: 'tokens', limit: 10 ** 9, used: 100_000 },
      { unit: 'requests', limit: 10, used: 1 },
    ]);
    expect(world.changes).toBe(2);
  });

  it('belongs to the day the request was sent', () => {
    const { book, world } = bench([budget({ tokens: 5 }), budget({ period: 'month', tokens: 5 })]);
    const settle = book.spend(target('a'), ME, undefined);
    world.now += 24 * 3_600_000;
    settle({ input: 5 });
    expect(book.list().map(({ amounts }) => amounts[0]?.used)).toEqual([0, 5]);
  });

  it('says how many requests have no known cost', () => {
    const { book } = bench([budget({ usd: 1 }), budget({ tokens: 10 ** 6 })]);
    book.spend({ ...target('a'), model: 'unpriced' }, ME, undefined)(DOLLAR);
    book.spend(target('a'), ME, undefined)({});
    book.spend(target('a'), ME, undefined)(undefined);
    const [money, tokens] = book.list();
    expect(money).toMatchObject({ unpriced: 2, state: 'ok' });
    expect(tokens).not.toHaveProperty('unpriced');
    expect(tokens?.amounts[0]?.used).toBe(100_000);
  });

  it('is the total the vendor states where that is more than input and output', () => {
    const { book } = bench([budget({ tokens: 100 })]);
    book.spend(target('a'), ME, undefined)({ input: 10, output: 10, total: 50 });
    expect(book.list()[0]?.amounts[0]?.used).toBe(50);
  });
});
