import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuotaSnapshot } from '../../../src/accounts/quota/types.ts';
import { account, HOUR, MINUTE, START, World, window } from './world.ts';

const [work] = [account()];

describe('reading', () => {
  it('is one for all who ask at once', async () => {
    const world = new World();
    let answer: (snapshot: QuotaSnapshot) => void = () => {};
    world.tells = () => new Promise((resolve) => (answer = resolve));
    const asked = [world.book.refresh(work), world.book.refresh(work), world.book.refresh(work, true)];
    answer(world.snapshot(window(50)));
    await Promise.all(asked);
    expect(world.reads).toBe(1);
    expect(world.book.of(work).windows).toMatchObject([{ usedPercent: 50 }]);
  });

  it('happens every five minutes at most, or when told to', async () => {
    const world = new World();
    await world.book.refresh(work);
    world.now += 5 * MINUTE - 1;
    await world.book.refresh(work);
    expect(world.reads).toBe(1);
    await world.book.refresh(work, true);
    expect(world.reads).toBe(2);
    world.now += 5 * MINUTE;
    await world.book.refresh(work);
    expect(world.reads).toBe(3);
  });

  it('is put off by up to a fifth, so that accounts do not ask together', async () => {
    const world = new World();
    world.jitter = 0.999;
    await world.book.refresh(work);
    world.now += 5.9 * MINUTE;
    await world.book.refresh(work);
    expect(world.reads).toBe(1);
    world.now += 0.1 * MINUTE;
    await world.book.refresh(work);
    expect(world.reads).toBe(2);
  });

  it('comes a minute after a refusal for quota', async () => {
    const world = new World();
    await world.book.refresh(work);
    world.book.refused(work);
    world.now += MINUTE - 1;
    await world.book.refresh(work);
    expect(world.reads).toBe(1);
    world.now += 1;
    await world.book.refresh(work);
    expect(world.reads).toBe(2);
  });

  it('comes when a window has reset', async () => {
    const world = new World();
    world.tells = async () => world.snapshot(window(100, { resetsAt: START + 2 * MINUTE }));
    await world.book.refresh(work);
    world.now += 2 * MINUTE + 1000;
    await world.book.refresh(work);
    expect(world.reads).toBe(2);
  });

  it('that fails comes later and later, whatever is refused meanwhile, and keeps what was known', async () => {
    const world = new World();
    await world.book.refresh(work);
    world.tells = async () => world.failure('out of order');
    const waits: number[] = [];
    world.now += 5 * MINUTE;
    for (let last = world.now; waits.length < 6; world.now += MINUTE) {
      const before = world.reads;
      world.book.refused(work);
      await world.book.refresh(work);
      if (world.reads === before) continue;
      waits.push((world.now - last) / MINUTE);
      last = world.now;
    }
    expect(waits).toEqual([0, 5, 10, 20, 40, 60]);
    const { windows, error, at } = world.book.of(work);
    expect(windows).toHaveLength(1);
    expect(at).toBe(START);
    expect(error).toEqual({ message: 'out of order', at: world.now - MINUTE });
    world.tells = async () => world.snapshot(window(60));
    await world.book.refresh(work, true);
    expect(world.book.of(work)).not.toHaveProperty('error');
  });

  it.each([
    ['a provider without a reader', account({ provider: 'groq' })],
    ['an account without a key', account({ credential: undefined })],
    ['a base URL elsewhere', account({ baseUrl: 'https://relay.example/v1' })],
  ])('never happens for %s', async (_what, other) => {
    const world = new World();
    await world.book.refresh(other, true);
    world.book.refused(other);
    expect(world.reads).toBe(0);
    expect(world.book.of(other)).toEqual({ account: 'a1', windows: [], at: 0 });
  });

  it('that breaks is a failure like any other', async () => {
    const world = new World();
    world.tells = () => Promise.reject(new Error('secret'));
    await world.book.refresh(work);
    expect(world.book.of(work)).toMatchObject({ windows: [], error: { message: 'The reading failed in the gateway.', at: START } });
    world.tells = async () => world.snapshot(window(50));
    await world.book.refresh(work, true);
    expect(world.book.of(work).windows).toHaveLength(1);
  });

  it('stops when the book is closed', async () => {
    const world = new World();
    world.tells = async () => {
      world.book.close();
      return world.snapshot(window(50));
    };
    await world.book.refresh(work);
    await world.book.refresh(work, true);
    expect(world.reads).toBe(1);
    expect(world.news()).toBe(0);
  });

  it("of an old key is not the new key's", async () => {
    const world = new World();
    await world.book.refresh(work);
    const rotated = account({ rotatedAt: '2026-11-22T08:00:00Z' });
    expect(world.book.of(rotated).windows).toEqual([]);
    await world.book.refresh(rotated);
    expect(world.reads).toBe(2);
    world.book.forget('a1');
    expect(world.book.of(rotated).windows).toEqual([]);
  });
});

describe('what is known', () => {
  it('after its reset nobody knows what is used', async () => {
    const world = new World();
    await world.book.refresh(work);
    world.now = START + 3 * HOUR;
    const [known] = world.book.of(work).windows;
    expect(known).toEqual({ id: '5h', label: '5 hours', unit: 'percent', source: 'reader', at: START });
  });

  it('a window the reader no longer tells of is gone', async () => {
    const world = new World();
    await world.book.refresh(work);
    world.tells = async () => world.snapshot(window(1, { id: '7d' }));
    world.news();
    await world.book.refresh(work, true);
    expect(world.book.of(work).windows.map(({ id }) => id)).toEqual(['7d']);
    expect(world.news()).toBe(1);
  });

  it('headers tell what no reader does, and the newer figure counts', async () => {
    const world = new World();
    world.tells = async () => world.snapshot(window(50), window(10, { id: '7d' }));
    await world.book.refresh(work);
    world.now += MINUTE;
    world.book.learn(work, { 'anthropic-ratelimit-unified-5h-utilization': '0.6' });
    expect(world.book.of(work).windows).toMatchObject([
      { id: '5h', usedPercent: 60, source: 'headers' },
      { id: '7d', usedPercent: 10 },
    ]);
  });

  const day = { name: 'account a1, day', period: 'day', mode: 'hard', resetsAt: START + HOUR, state: 'ok' } as const;

  it('own counting speaks where the provider tells no share', async () => {
    const world = new World();
    world.budgets = [{ ...day, amounts: [{ unit: 'requests', limit: 10, used: 3 }] }];
    world.tells = async () => world.snapshot({ id: 'balance', label: 'Balance', unit: 'usd', remaining: 5, source: 'reader', at: 0 });
    await world.book.refresh(work);
    expect(world.book.of(work).windows).toMatchObject([{ id: 'balance' }, { source: 'counted', usedPercent: 30 }]);
    world.tells = async () => world.snapshot(window(50));
    await world.book.refresh(work, true);
    expect(world.book.of(work).windows.map(({ source }) => source)).toEqual(['reader']);
  });

  it('lists every account, also those of which nothing is known', () => {
    const world = new World();
    world.accounts = [work, account({ id: 'a2', provider: 'groq' })];
    expect(world.book.list()).toEqual([
      { account: 'a1', windows: [], at: 0 },
      { account: 'a2', windows: [], at: 0 },
    ]);
  });

  it('foretells where a window goes', async () => {
    const world = new World();
    for (let used = 50; used <= 58; used += 2, world.now += 10 * MINUTE) {
      world.tells = async () => world.snapshot(window(used, { resetsAt: START + 5 * HOUR }));
      await world.book.refresh(work, true);
    }
    // 12 per cent an hour, 58 at 08:40.
    const exhaustedAt = START + 40 * MINUTE + 3.5 * HOUR;
    expect(world.book.of(work).windows[0]?.forecast).toEqual({ exhaustedAt, pacePerHour: expect.closeTo(12, 6), lastsUntilReset: false });
  });

  it('foretells nothing of the new window from the old one', async () => {
    const world = new World();
    world.tells = async () => world.snapshot(window(0.5));
    for (; world.now < START + HOUR; world.now += 10 * MINUTE) await world.book.refresh(work, true);
    expect(world.book.of(work).windows[0]?.forecast).toBeDefined();
    world.now = START + 3 * HOUR;
    world.tells = async () => world.snapshot(window(0, { resetsAt: START + 8 * HOUR }));
    await world.book.refresh(work);
    expect(world.book.of(work).windows[0]).not.toHaveProperty('forecast');
    world.now += 5 * MINUTE;
    world.tells = async () => world.snapshot(window(1, { resetsAt: START + 8 * HOUR }));
    await world.book.refresh(work, true);
    expect(world.book.of(work).windows[0]).not.toHaveProperty('forecast');
  });

  it('foretells windows of rate-limit headers and own counting too', () => {
    const world = new World();
    for (let used = 0; used <= 4; used += 1, world.now += 5 * MINUTE) {
      world.budgets = [{ ...day, amounts: [{ unit: 'requests', limit: 100, used }] }];
      world.book.learn(work, {});
    }
    expect(world.book.of(work).windows[0]?.forecast).toMatchObject({ pacePerHour: expect.closeTo(12, 6), lastsUntilReset: true });
  });
});

describe('news', () => {
  it.each([
    ['half a per cent', window(50.5), 0],
    ['one per cent', window(51), 1],
    ['another window', window(1, { id: '7d' }), 1],
    ['a share no longer known', window(undefined, { used: 1 }), 1],
    ['a reset that moves on', window(50, { resetsAt: START + 4 * HOUR }), 0],
  ])('%s', async (_what, next, news) => {
    const world = new World();
    await world.book.refresh(work);
    expect(world.news()).toBe(1);
    world.tells = async () => (next.id === '7d' ? world.snapshot(window(50), next) : world.snapshot(next));
    await world.book.refresh(work, true);
    expect(world.news()).toBe(news);
  });

  it('a reset is news, though nothing was used before or after', async () => {
    const world = new World();
    world.tells = async () => world.snapshot(window(0));
    await world.book.refresh(work);
    world.news();
    world.now = START + 3 * HOUR;
    world.tells = async () => world.snapshot(window(0, { resetsAt: START + 8 * HOUR }));
    await world.book.refresh(work);
    expect(world.news()).toBe(1);
  });

  it('small moves add up', async () => {
    const world = new World();
    let used = 50;
    world.tells = async () => world.snapshot(window(used));
    await world.book.refresh(work);
    world.news();
    for (; used < 52; used += 0.25) await world.book.refresh(work, true);
    expect(world.news()).toBe(1);
  });

  it('readings that begin or cease to fail are, those that go on failing are not', async () => {
    const world = new World();
    await world.book.refresh(work);
    world.news();
    world.tells = async () => world.failure();
    await world.book.refresh(work, true);
    expect(world.news()).toBe(1);
    await world.book.refresh(work, true);
    expect(world.news()).toBe(0);
    world.tells = async () => world.snapshot(window(50));
    await world.book.refresh(work, true);
    expect(world.news()).toBe(1);
  });
});

describe('a block', () => {
  async function blocked(
    told: ReturnType<typeof window>,
    { headroom, model = 'm' }: { headroom?: number; model?: string } = {},
    later = 0,
  ) {
    const world = new World();
    const of = account({ ...(headroom !== undefined && { headroom }) });
    world.tells = async () => world.snapshot(told);
    await world.book.refresh(of);
    world.now += later;
    return world.book.blocked(of, model);
  }

  it('holds until the reset when a window is used up', async () => {
    expect(await blocked(window(100))).toEqual({
      reason: 'quota',
      scope: 'account',
      until: START + 3 * HOUR,
      detail: expect.stringMatching(/^quota "5 hours" used up until \d\d:\d\d$/),
    });
  });

  it('holds when the rest is the reserve', async () => {
    expect(await blocked(window(90), { headroom: 10 })).toMatchObject({
      reason: 'headroom',
      until: START + 3 * HOUR,
      detail: expect.stringMatching(/^10 % of its quota "5 hours" left, 10 % are the reserve, until /),
    });
    expect(await blocked(window(89.9), { headroom: 10 })).toBeUndefined();
  });

  it.each([
    ['99 % used', window(99)],
    ['a share not known', window(undefined, { remaining: 0 })],
    ['a window without an end', { ...window(100), resetsAt: undefined } as unknown as ReturnType<typeof window>],
    ['a window that is over', window(100, { resetsAt: START })],
    ['one that goes on out of a balance', window(100, { overage: true })],
    ['one that counts images', window(100, { notChat: true })],
    ["another model's", window(100, { model: 'other' })],
  ])('is none for %s', async (_what, told) => {
    expect(await blocked(told)).toBeUndefined();
  });

  it('a reserve holds for what goes on out of a balance', async () => {
    expect(await blocked(window(95, { overage: true }), { headroom: 10 })).toMatchObject({ reason: 'headroom' });
  });

  it('holds for the models of the window', async () => {
    const free = window(100, { model: '*:free' });
    expect(await blocked(free, { model: 'x/y:free' })).toMatchObject({ reason: 'quota', scope: 'model' });
    expect(await blocked(free, { model: 'x/y' })).toBeUndefined();
  });

  it('for want of quota is believed for half an hour; a reserve until the reset', async () => {
    expect(await blocked(window(100), {}, 30 * MINUTE)).toBeDefined();
    expect(await blocked(window(100), {}, 30 * MINUTE + 1)).toBeUndefined();
    expect(await blocked(window(95), { headroom: 10 }, 2 * HOUR)).toBeDefined();
  });

  it('is never for an account of which nothing is known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100 }), (headroom) => {
        expect(new World().book.blocked(account({ headroom }), 'm')).toBeUndefined();
      }),
    );
  });
});

describe('a restart', () => {
  const kept = async (world: World) => JSON.parse(JSON.stringify(world.book.toJSON())) as unknown;

  it('takes back windows, plan and pace', async () => {
    const world = new World();
    for (let used = 50; used <= 53; used += 1, world.now += 5 * MINUTE) {
      world.tells = async () => world.snapshot(window(used));
      await world.book.refresh(work, true);
    }
    const next = world.newBook();
    next.restore(await kept(world));
    expect(next.of(work)).toEqual(world.book.of(work));
    expect(next.of(work).windows[0]?.forecast).toBeDefined();
    expect(await kept(Object.assign(world, { book: next }))).toEqual(next.toJSON());
  });

  it('saves again what nobody has asked for since', async () => {
    const world = new World();
    await world.book.refresh(work);
    const saved = await kept(world);
    const next = world.newBook();
    next.restore(saved);
    expect(JSON.parse(JSON.stringify(next.toJSON()))).toEqual(saved);
  });

  it('leaves out what is over, and what is of another key', async () => {
    const world = new World();
    await world.book.refresh(work);
    const saved = await kept(world);
    const other = world.newBook();
    other.restore(saved);
    expect(other.of(account({ credential: { env: 'OTHER' } })).windows).toEqual([]);
    world.now = START + 3 * HOUR;
    const late = world.newBook();
    late.restore(saved);
    expect(late.of(work).windows).toEqual([]);
  });

  it('keeps nothing of the key or the address', async () => {
    const world = new World();
    const own = account({ baseUrl: 'https://user:password@opencode.ai/zen/go/v1', credential: { secret: 'account/a1' } });
    world.accounts = [own];
    await world.book.refresh(own);
    expect(world.reads).toBe(1);
    expect(JSON.stringify(world.book.toJSON())).not.toMatch(/password|opencode|account\/a1/);
  });

  it('takes any JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (all, entry) => {
        const world = new World();
        world.book.restore(all);
        world.book.restore({ accounts: { a1: entry, a2: { of: '', windows: [entry], points: entry } } });
        expect(world.book.of(work).windows).toEqual([]);
      }),
    );
  });
});

it('whatever is told, a share not told is never shown as 0 %', async () => {
  const figure = fc.option(fc.double({ min: 0, max: 200, noNaN: true }), { nil: undefined });
  await fc.assert(
    fc.asyncProperty(figure, fc.integer({ min: -2, max: 6 }), async (usedPercent, hours) => {
      const world = new World();
      world.tells = async () => world.snapshot(window(usedPercent, { resetsAt: START + hours * HOUR, remaining: 1 }));
      await world.book.refresh(work);
      const [shown] = world.book.of(work).windows;
      expect(shown?.usedPercent).toBe(hours > 0 ? usedPercent : undefined);
    }),
  );
});
