import { getEventListeners } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backoffMs, doubled, pause } from '../../src/routing/backoff.ts';

const settings = { baseMs: 250, maxMs: 8000 };

describe('backoffMs', () => {
  it('doubles its ceiling from the base up to the maximum', () => {
    const ceilings = [0, 1, 2, 3, 4, 5, 6, 5000].map((attempt) => backoffMs(attempt, settings, () => 1));
    expect(ceilings).toEqual([250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  });

  it('never waits less than a tenth of the ceiling, nor more than the ceiling', () => {
    fc.assert(
      fc.property(
        fc.nat(2000),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 60_000 }),
        fc.integer({ min: 1, max: 600_000 }),
        (attempt, random, baseMs, maxMs) => {
          const ceiling = doubled(baseMs, attempt, maxMs);
          const wait = backoffMs(attempt, { baseMs, maxMs }, () => random);
          expect(wait).toBeGreaterThanOrEqual(Math.floor(ceiling / 10));
          expect(wait).toBeLessThanOrEqual(ceiling);
        },
      ),
    );
  });

  it('spreads evenly over what lies between', () => {
    expect(backoffMs(2, settings, () => 0)).toBe(100);
    expect(backoffMs(2, settings, () => 0.5)).toBe(550);
  });
});

describe('pause', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('resolves after its time and leaves no listener', async () => {
    const { signal } = new AbortController();
    const ended = pause(1000, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    await ended;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rejects at once with the reason when the client goes away, and leaves no timer', async () => {
    const abort = new AbortController();
    const ended = pause(60_000, abort.signal);
    const reason = new Error('gone');
    abort.abort(reason);
    await expect(ended).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
  });

  it('does not begin when the client is gone already', async () => {
    const reason = new Error('gone');
    await expect(pause(60_000, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });
});
