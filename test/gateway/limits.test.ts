import { afterEach, describe, expect, it } from 'vitest';
import { addKey } from '../../src/accounts/gateway-keys.ts';
import type { Config } from '../../src/config/schema.ts';
import { deferred } from '../upstream/deferred.ts';
import { type Accounts, type AskOptions, accountsWith, answer, codeOf, type Got, until } from './limits-house.ts';

let house: Accounts;
afterEach(() => house.close());

/** Asks, and resolves when so many wait for the first account: this request is one of them. */
async function queued(asked: AskOptions, waiting: number): Promise<{ got: Promise<Got> }> {
  const got = house.ask(asked);
  await until(async () => (await house.limits())['account-0']?.waiting === waiting);
  return { got };
}

/** Asks a provider that holds its answer until told. */
async function held(at = 0, content = 'held'): Promise<{ got: Promise<Got>; free(): void }> {
  const gate = deferred();
  house.providers[at]?.script({ ...answer(content), before: gate.promise });
  const got = house.ask();
  await house.providers[at]?.next();
  return { got, free: gate.resolve };
}

describe('an account that takes two requests at a time', () => {
  it('never meets a third, and all of fifty clients are answered', async () => {
    house = await accountsWith([{ limits: { maxConcurrent: 2 } }]);
    const [provider] = house.providers;
    if (!provider) return;
    const gates = Array.from({ length: 50 }, deferred);
    provider.script(...gates.map((gate, at) => ({ ...answer(`answer ${at}`), before: gate.promise })));
    const asked = gates.map((_, at) => house.ask({ text: `question ${at}` }));
    await Promise.all([provider.next(), provider.next()]);
    for (const [at, gate] of gates.entries()) {
      await house.arrived();
      expect(provider.seen).toHaveLength(Math.min(50, at + 2));
      gate.resolve();
      if (at + 2 < 50) await provider.next();
    }
    const got = await Promise.all(asked);
    expect(got.map(({ status }) => status)).toEqual(gates.map(() => 200));
    expect(new Set(got.map(({ text }) => text)).size).toBe(50);
    expect((await house.limits())['account-0']).toMatchObject({ running: 0, waiting: 0 });
  });
});

describe('a busy account', () => {
  it('is passed by at once where its turn is known to come too late', async () => {
    house = await accountsWith([{ limits: { rpm: 1 } }, {}], { queue: { spillMs: 30_000 } });
    house.providers[0]?.script(answer('first'));
    house.providers[1]?.script(answer('second'), answer('second'));
    for (const content of ['first', 'second', 'second']) expect((await house.ask()).text).toContain(content);
  });

  it('is waited for as long as `spillMs`, then the next one answers', async () => {
    house = await accountsWith([{ limits: { maxConcurrent: 1 } }, { limits: { maxConcurrent: 1 } }], { queue: { spillMs: 80 } });
    const session = { headers: { 'x-session-id': 'one' } };
    house.providers[0]?.script(answer('home'));
    await house.ask(session);
    await house.providers[0]?.next();
    const first = await held();
    house.providers[1]?.script(answer('spilled'));
    const from = performance.now();
    const spilled = await house.ask(session);
    expect(spilled.text).toContain('spilled');
    expect(performance.now() - from).toBeGreaterThanOrEqual(75);
    first.free();
    expect((await first.got).status).toBe(200);
  });

  it('keeps a conversation whose turn comes within `spillMs`', async () => {
    house = await accountsWith([{ limits: { maxConcurrent: 1 } }, {}], { queue: { spillMs: 30_000 } });
    const session = { headers: { 'x-session-id': 'one' } };
    house.providers[0]?.script(answer('home'));
    await house.ask(session);
    await house.providers[0]?.next();
    const first = await held();
    const second = await queued(session, 1);
    house.providers[0]?.script(answer('home again'));
    first.free();
    expect((await second.got).text).toContain('home again');
    await first.got;
  });

  it('with as many waiting as may says so at once, with a time to come back where one is known', async () => {
    house = await accountsWith([{ limits: { maxConcurrent: 1 } }], { queue: { max: 1 } });
    const first = await held();
    const second = await queued({}, 1);
    const third = await house.ask();
    expect(third.status).toBe(429);
    expect(codeOf(third)).toBe('account_busy');
    expect(third.text).toMatch(/1 request waiting/);
    house.providers[0]?.script(answer('second'));
    first.free();
    expect((await second.got).text).toContain('second');
    await first.got;
  });

  it('is waited for no longer than `waitMs` where nobody else is left', async () => {
    house = await accountsWith([{ limits: { maxConcurrent: 1 } }], { queue: { waitMs: 60 } });
    const first = await held();
    const second = await house.ask();
    expect(second.status).toBe(429);
    expect(codeOf(second)).toBe('account_busy');
    expect((await house.limits())['account-0']?.waiting).toBe(0);
    first.free();
    expect((await first.got).status).toBe(200);
    expect(house.providers[0]?.seen).toHaveLength(1);
  });

  it('whose limit a minute is used up tells how long that lasts', async () => {
    house = await accountsWith([{ limits: { rpm: 1 } }]);
    house.providers[0]?.script(answer());
    await house.ask();
    const second = await house.ask();
    expect(second.status).toBe(429);
    const seconds = Number(second.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
  });
});

describe('an account', () => {
  it('with a least gap is asked no sooner than that', async () => {
    house = await accountsWith([{ limits: { minGapMs: 80 } }]);
    house.providers[0]?.always(answer());
    const from = performance.now();
    const got = await Promise.all([1, 2, 3].map((at) => house.ask({ text: `question ${at}` })));
    expect(got.map(({ status }) => status)).toEqual([200, 200, 200]);
    // Two gaps; the clocks compared here tick apart.
    expect(performance.now() - from).toBeGreaterThanOrEqual(155);
  });

  it('with a limit of tokens goes by what answers say they took', async () => {
    house = await accountsWith([{ limits: { tpm: 50_000 } }, {}]);
    house.providers[0]?.script(answer('little', { input: 100, output: 100 }), answer('much', { input: 40_000, output: 9999 }));
    house.providers[1]?.script(answer('elsewhere'));
    for (const content of ['little', 'much', 'elsewhere']) expect((await house.ask()).text).toContain(content);
  });
});

describe('a client that leaves while it waits', () => {
  it('frees its place, and the provider never hears of it', async () => {
    house = await accountsWith([{ limits: { maxConcurrent: 1 } }], { queue: { max: 1 } });
    const first = await held();
    const leaving = new AbortController();
    const { got } = await queued({ signal: leaving.signal }, 1);
    leaving.abort();
    await expect(got).rejects.toThrow();
    await until(async () => (await house.limits())['account-0']?.waiting === 0);
    const third = await queued({ text: 'third' }, 1);
    house.providers[0]?.script(answer('third'));
    first.free();
    expect((await third.got).text).toContain('third');
    await first.got;
    expect(house.providers[0]?.seen).toHaveLength(2);
    expect((await house.limits())['account-0']).toMatchObject({ running: 0, waiting: 0 });
  });

  it('frees its turn while the provider answers', async () => {
    house = await accountsWith([{ limits: { maxConcurrent: 1 } }]);
    const gate = deferred();
    house.providers[0]?.script({ ...answer(), before: gate.promise }, answer('next'));
    const leaving = new AbortController();
    const left = house.ask({ signal: leaving.signal }).catch(() => 'left');
    const seen = await house.providers[0]?.next();
    const next = await queued({}, 1);
    leaving.abort();
    await left;
    await seen?.aborted;
    expect((await next.got).text).toContain('next');
  });
});

describe('two keys', () => {
  it('take turns, however many requests the one has waiting', async () => {
    const config = { keys: [] } as unknown as Config;
    const [busy, calm] = ['busy', 'calm'].map((name) => addKey(config, name, {}, new Date()).key);
    house = await accountsWith([{ limits: { maxConcurrent: 1 } }], {}, { keys: config.keys });
    const [provider] = house.providers;
    if (!provider || !busy || !calm) return;
    const first = await held();
    const waiting: { got: Promise<Got> }[] = [];
    for (const [at, key] of [busy, busy, busy, busy, calm, calm].entries()) {
      waiting.push(await queued({ key, text: key === busy ? 'busy' : 'calm' }, at + 1));
    }
    provider.script(...Array.from({ length: 6 }, () => answer()));
    first.free();
    await Promise.all([first.got, ...waiting.map(({ got }) => got)]);
    const order = provider.seen.slice(1).map(({ body }) => /busy|calm/.exec(body)?.[0]);
    expect(order).toEqual(['busy', 'calm', 'busy', 'calm', 'busy', 'busy']);
  });
});
