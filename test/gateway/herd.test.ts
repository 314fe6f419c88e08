import { afterEach, describe, expect, it, vi } from 'vitest';
import { deferred } from '../upstream/deferred.ts';
import { faults, jsonReply, type Reply } from '../upstream/reply.ts';
import { type Accounts, accountsWith, answer, codeOf, type Got, until } from './limits-house.ts';

const CROWD = 30;
const refusal = (status: number, message: string, headers: Record<string, string> = {}): Reply =>
  jsonReply({ error: { message } }, status, headers);

let house: Accounts;
afterEach(async () => {
  vi.useRealTimers();
  await house.close();
});

/** So many at once, each about something else. */
function crowd(count = CROWD): Promise<Got[]> {
  return Promise.all(Array.from({ length: count }, (_, at) => house.ask({ text: `question ${at}` })));
}
const statusesOf = (got: readonly Got[]): Record<number, number> => {
  const counts: Record<number, number> = {};
  for (const { status } of got) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};
const seen = (): number[] => house.providers.map((provider) => provider.seen.length);

describe('a refusal that one request meets', () => {
  it.each([
    ['429', refusal(429, 'Slow down.', { 'retry-after': '20' })],
    ['401', refusal(401, 'Incorrect API key provided.')],
    ['402', refusal(402, 'Insufficient balance.')],
  ])('is heard by those who wait for the same account: they go elsewhere without asking it (%s)', async (_status, reply) => {
    house = await accountsWith([{ limits: { maxConcurrent: 2 } }, { limits: { maxConcurrent: 2 } }]);
    const gates = [deferred(), deferred()] as const;
    // The spare is full, so that all but four wait.
    house.providers[1]?.always({ ...answer('from the spare'), before: gates[1].promise });
    house.providers[0]?.always({ ...reply, before: gates[0].promise });
    const asked = crowd();
    await until(
      async () => Object.values(await house.limits()).reduce((sum, { waiting, running }) => sum + waiting + running, 0) === CROWD,
    );
    gates[0].resolve();
    await until(() => house.providers[0]?.seen.length === 2);
    gates[1].resolve();
    const got = await asked;
    expect(statusesOf(got)).toEqual({ 200: CROWD });
    expect(got.every(({ text }) => text.includes('from the spare'))).toBe(true);
    expect(seen()).toEqual([2, CROWD]);
  });

  it('keeps all others from the only account, each told when to come back', async () => {
    house = await accountsWith([{}]);
    house.providers[0]?.script(refusal(429, 'Slow down.', { 'retry-after': '20' }));
    expect((await house.ask()).status).toBe(429);
    const got = await crowd();
    expect(statusesOf(got)).toEqual({ 429: CROWD });
    expect(new Set(got.map(({ headers }) => headers.get('retry-after')))).toEqual(new Set(['20']));
    expect(seen()).toEqual([1]);
  });
});

describe('a provider that fell silent', () => {
  const failures = 3;
  const startBroken = async (special: Record<string, unknown>[]): Promise<void> => {
    vi.useFakeTimers({ toFake: ['Date'] });
    house = await accountsWith(special, { health: { breakerFailures: failures, breakerOpenMs: 10_000 }, routing: { retries: 0 } });
    house.providers[0]?.script(...Array.from({ length: failures }, () => refusal(500, 'Broken.')));
    house.providers[1]?.script(...Array.from({ length: failures }, () => answer()));
    for (let at = 0; at < failures; at += 1) await house.ask();
  };

  it('is probed by one request of a crowd; the others are answered elsewhere', async () => {
    await startBroken([{}, {}]);
    house.providers[1]?.always(answer('from the spare'));
    await crowd(5);
    expect(seen()).toEqual([failures, failures + 5]);
    vi.setSystemTime(Date.now() + 10_001);
    const gate = deferred();
    house.providers[0]?.script({ ...answer('well again'), before: gate.promise });
    const asked = crowd();
    await until(() => house.providers[1]?.seen.length === failures + 5 + CROWD - 1);
    await house.arrived();
    expect(seen()[0]).toBe(failures + 1);
    gate.resolve();
    expect((await asked).filter(({ text }) => text.includes('well again'))).toHaveLength(1);
    house.providers[0]?.always(answer('well again'));
    expect((await crowd()).every(({ text }) => text.includes('well again'))).toBe(true);
  });

  it('and is all there is, is asked by one of a crowd, and the others hear at once that it is', async () => {
    await startBroken([{}]);
    const gate = deferred();
    house.providers[0]?.script({ ...answer('well again'), before: gate.promise });
    const asked = crowd();
    await house.providers[0]?.next();
    await house.arrived();
    gate.resolve();
    const got = await asked;
    expect(statusesOf(got)).toEqual({ 200: 1, 429: CROWD - 1 });
    expect(new Set(got.filter(({ status }) => status === 429).map(codeOf))).toEqual(new Set(['all_cooling_down']));
    expect(seen()).toEqual([failures + 1]);
  });
});

describe('the last place of a window', () => {
  it('is taken by one of a crowd; the others do not run into the refusal', async () => {
    house = await accountsWith([{}, {}]);
    const left = { 'x-ratelimit-limit-requests': '100', 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': '40s' };
    house.providers[0]?.script(answer('first', undefined, left), answer('last place'));
    house.providers[1]?.always(answer('from the spare'));
    await house.ask();
    const got = await crowd();
    expect(got.filter(({ text }) => text.includes('last place'))).toHaveLength(1);
    expect(statusesOf(got)).toEqual({ 200: CROWD });
    expect(seen()).toEqual([2, CROWD - 1]);
  });
});

describe('a crowd whose connections all break', () => {
  it('comes back spread out and is answered whole', async () => {
    house = await accountsWith([{}], { routing: { retries: 3, backoffMs: 40, maxBackoffMs: 80 }, health: { breakerFailures: 1000 } });
    const [provider] = house.providers;
    if (!provider) return;
    // Each reset is tried once more on a new connection at once.
    provider.script(...Array.from({ length: CROWD * 2 }, () => faults.reset()));
    provider.always(answer('at last'));
    const got = await crowd();
    expect(statusesOf(got)).toEqual({ 200: CROWD });
    expect(seen()).toEqual([CROWD * 3]);
  });
});
