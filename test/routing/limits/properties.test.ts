import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Permit } from '../../../src/routing/books.ts';
import type { Limits } from '../../../src/routing/limits/book.ts';
import { StartLog } from '../../../src/routing/limits/start-log.ts';
import { account, ask, limitsWith } from './fixtures.ts';

const NOW = Date.parse('2026-04-05T10:39:00Z');
const MINUTE = 60_000;

beforeEach(() => vi.useFakeTimers({ now: NOW }));
afterEach(() => vi.useRealTimers());

/** One request of a made-up day: when it comes, how long it takes, how long it waits, when it is given up. */
interface Visit {
  afterMs: number;
  key: string;
  tokens: number;
  usedTokens: number;
  takesMs: number;
  waitMs: number;
  abortMs: number | null;
}

const visit: fc.Arbitrary<Visit> = fc.record({
  afterMs: fc.oneof(fc.constant(0), fc.nat(20_000)),
  key: fc.constantFrom('a', 'b', 'c'),
  tokens: fc.integer({ min: 1, max: 600 }),
  usedTokens: fc.nat(900),
  takesMs: fc.nat(30_000),
  waitMs: fc.oneof(fc.constant(250), fc.nat(200_000)),
  abortMs: fc.option(fc.nat(100_000)),
});

const limitsConfig = fc.record(
  {
    rpm: fc.integer({ min: 1, max: 8 }),
    tpm: fc.integer({ min: 100, max: 2000 }),
    minGapMs: fc.integer({ min: 1, max: 5000 }),
    maxConcurrent: fc.integer({ min: 1, max: 4 }),
  },
  { requiredKeys: [] },
);

interface Seen {
  starts: { at: number; tokens: number }[];
  mostAtOnce: number;
  /** How often each visit ended, one way or the other. */
  ends: number[];
  latest: number;
  /** Tokens of the minute before each start, as corrected by then, and its own. */
  sums: { before: number; own: number }[];
}

async function live(limits: Limits, account_: ReturnType<typeof account>, visits: Visit[]): Promise<Seen> {
  const seen: Seen = { starts: [], mostAtOnce: 0, ends: visits.map(() => 0), latest: 0, sums: [] };
  let under = 0;
  const come = async (visit: Visit, index: number): Promise<void> => {
    const controller = new AbortController();
    if (visit.abortMs !== null) setTimeout(() => controller.abort(new Error('given up')), visit.abortMs);
    const came = Date.now();
    let permit: Permit;
    try {
      permit = await limits.acquire(account_, { ...visit, signal: controller.signal });
    } catch {
      seen.latest = Math.max(seen.latest, Date.now() - came - visit.waitMs);
      seen.ends[index] = (seen.ends[index] ?? 0) + 1;
      return;
    }
    seen.latest = Math.max(seen.latest, Date.now() - came - visit.waitMs);
    const start = { at: Date.now(), tokens: visit.tokens };
    const before = seen.starts.filter(({ at }) => at > start.at - MINUTE).reduce((sum, { tokens }) => sum + tokens, 0);
    seen.sums.push({ before, own: visit.tokens });
    seen.starts.push(start);
    seen.mostAtOnce = Math.max(seen.mostAtOnce, ++under);
    await new Promise((resolve) => setTimeout(resolve, visit.takesMs));
    under -= 1;
    start.tokens = visit.usedTokens;
    permit.release({ input: visit.usedTokens, output: 0 });
    seen.ends[index] = (seen.ends[index] ?? 0) + 1;
  };
  for (const [index, each] of visits.entries()) {
    await vi.advanceTimersByTimeAsync(each.afterMs);
    void come(each, index);
  }
  await vi.advanceTimersByTimeAsync(10 * MINUTE);
  return seen;
}

describe('whatever comes, in whatever pattern', () => {
  test('no limit is passed, nobody is lost or served twice or kept beyond his time, and nothing is left behind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(visit, { maxLength: 60 }), limitsConfig, async (visits, config) => {
        const limits = limitsWith({ max: 20 });
        const limited = account({ limits: config });
        const { starts, mostAtOnce, ends, latest, sums } = await live(limits, limited, visits);
        const {
          rpm = Number.POSITIVE_INFINITY,
          tpm = Number.POSITIVE_INFINITY,
          minGapMs = 0,
          maxConcurrent = Number.POSITIVE_INFINITY,
        } = config;
        for (const { at } of starts) {
          expect(starts.filter((other) => other.at >= at && other.at < at + MINUTE).length).toBeLessThanOrEqual(rpm);
        }
        starts.slice(1).forEach((start, i) => {
          expect(start.at - (starts[i]?.at ?? 0)).toBeGreaterThanOrEqual(minGapMs);
        });
        expect(sums.filter(({ before, own }) => before > 0 && before + own > tpm)).toEqual([]);
        expect(mostAtOnce).toBeLessThanOrEqual(maxConcurrent);
        expect(ends).toEqual(visits.map(() => 1));
        expect(latest).toBeLessThanOrEqual(0);
        expect(limits.running(limited)).toBe(0);
        expect(vi.getTimerCount()).toBe(0);
      }),
      { numRuns: 150 },
    );
  });

  test('a key with one waiting is served after at most one request of each other key', async () => {
    const keys = fc.constantFrom('a', 'b', 'c', 'd');
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { maxLength: 25 }), fc.array(keys, { maxLength: 10 }), fc.nat(24), async (before, after, served) => {
        const limits = limitsWith();
        const limited = account({ limits: { maxConcurrent: 1 } });
        const order: string[] = [];
        const first = await limits.acquire(limited, ask());
        let next: Permit = first;
        const join = (key: string) =>
          void limits.acquire(limited, ask({ key })).then((permit) => {
            order.push(key);
            next = permit;
          });
        const step = async (): Promise<void> => {
          next.release();
          await vi.advanceTimersByTimeAsync(0);
        };
        before.forEach(join);
        for (let i = 0; i < served; i++) await step();
        order.length = 0;
        join('lone');
        after.forEach(join);
        for (let i = 0; i < before.length + after.length + 1; i++) await step();
        const ahead = order.slice(0, order.indexOf('lone'));
        expect(order).toContain('lone');
        expect(new Set(ahead).size).toBe(ahead.length);
      }),
      { numRuns: 100 },
    );
  });
});

test('the slot a start is promised is the one it gets', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.nat(30_000), { maxLength: 30 }), fc.nat(20), (rpm, gaps, ahead) => {
      const log = new StartLog();
      let now = NOW;
      for (const gap of gaps) {
        now = log.slot(rpm, 0, now + gap);
        log.add({ at: now, tokens: 1 });
      }
      const promised = log.slot(rpm, ahead, now);
      for (let i = 0; i < ahead; i++) {
        now = log.slot(rpm, 0, now);
        log.add({ at: now, tokens: 1 });
      }
      expect(log.slot(rpm, 0, now)).toBe(promised);
    }),
  );
});

test('a long log counts like a plain list', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3000), fc.nat(50)), { minLength: 150, maxLength: 300 }), (steps) => {
      const log = new StartLog();
      const plain: { at: number; tokens: number }[] = [];
      let now = NOW;
      for (const [gap, tokens] of steps) {
        now += gap;
        log.add({ at: now, tokens });
        plain.push({ at: now, tokens });
        const window = plain.filter(({ at }) => at > now - MINUTE);
        const sum = window.reduce((total, start) => total + start.tokens, 0);
        expect(log.slot(window.length + 1, 0, now)).toBe(now);
        expect(log.slot(window.length, 0, now)).toBe((window[0]?.at ?? 0) + MINUTE);
        expect(log.room(10, sum + 10, now)).toBe(now);
        if (sum > 0) expect(log.room(10, sum + 9, now)).toBeGreaterThan(now);
      }
    }),
    { numRuns: 30 },
  );
});
