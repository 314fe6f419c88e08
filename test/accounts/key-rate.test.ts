import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyRates } from '../../src/accounts/key-rate.ts';

const MINUTE = 60_000;

describe('requests a minute of a key', () => {
  it('are taken up to the limit, and again as the oldest grow old', () => {
    const rates = new KeyRates();
    expect([0, 10, 20].map((now) => rates.take('k', 3, now))).toEqual([undefined, undefined, undefined]);
    expect(rates.take('k', 3, 30)).toBe(MINUTE - 30);
    expect(rates.take('other', 3, 30)).toBeUndefined();
    expect(rates.take('k', 3, MINUTE - 1)).toBe(1);
    expect(rates.take('k', 3, MINUTE)).toBeUndefined();
    expect(rates.take('k', 3, MINUTE + 1)).toBe(9);
  });

  it('follow a limit that is changed', () => {
    const rates = new KeyRates();
    for (const now of [0, 1, 2, 3]) rates.take('k', 4, now);
    // Two must be younger than a minute: the third is in the way.
    expect(rates.take('k', 2, 10)).toBe(MINUTE + 2 - 10);
    expect(rates.take('k', 5, 10)).toBeUndefined();
  });

  it('do not wait for a clock that was set back', () => {
    const rates = new KeyRates();
    rates.take('k', 1, 10 * MINUTE);
    expect(rates.take('k', 1, 5 * MINUTE)).toBe(MINUTE);
    expect(rates.take('k', 1, 6 * MINUTE)).toBeUndefined();
  });

  it('are never more than the limit in any 60 seconds, and never refused when there is room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 80 }), (rpm, gaps) => {
        const rates = new KeyRates();
        const taken: number[] = [];
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const inWindow = taken.filter((time) => time > now - MINUTE);
          const wait = rates.take('k', rpm, now);
          expect(wait === undefined).toBe(inWindow.length < rpm);
          if (wait === undefined) taken.push(now);
          else expect(taken.filter((time) => time > now + wait - MINUTE).length).toBeLessThan(rpm);
        }
        for (const end of taken) expect(taken.filter((time) => time > end - MINUTE && time <= end).length).toBeLessThanOrEqual(rpm);
      }),
    );
  });
});
