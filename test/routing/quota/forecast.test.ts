import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forecast, type Point } from '../../../src/routing/quota/forecast.ts';
import { History } from '../../../src/routing/quota/history.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-11-22T19:30:00Z');

/** Points every `stepMs` until now, at an even pace, the last at `end` per cent. */
function even(count: number, perHour: number, end: number, stepMs = 5 * MINUTE): Point[] {
  return Array.from({ length: count }, (_, index) => {
    const ago = (count - 1 - index) * stepMs;
    return { at: NOW - ago, usedPercent: end - (perHour * ago) / HOUR };
  });
}

describe('at an even pace', () => {
  it('the window is used up when what is left has gone at that pace', () => {
    expect(forecast(even(13, 20, 60), NOW)).toEqual({
      exhaustedAt: NOW + 2 * HOUR,
      pacePerHour: expect.closeTo(20, 6),
      lastsUntilReset: false,
    });
  });

  it('it lasts when it resets before', () => {
    expect(forecast(even(13, 20, 60), NOW, NOW + 2 * HOUR)).toEqual({ pacePerHour: expect.closeTo(20, 6), lastsUntilReset: true });
    expect(forecast(even(13, 20, 60), NOW, NOW + 2 * HOUR + 1)).toMatchObject({ exhaustedAt: NOW + 2 * HOUR, lastsUntilReset: false });
  });

  it('holds for any pace, start and number of points', () => {
    const pace = fc.double({ min: 0.5, max: 60, noNaN: true });
    const count = fc.integer({ min: 3, max: 200 });
    fc.assert(
      fc.property(pace, count, fc.integer({ min: 3, max: 10 }), (perHour, points, minutes) => {
        const seen = forecast(even(points, perHour, 50, minutes * MINUTE), NOW);
        expect(seen?.pacePerHour).toBeCloseTo(perHour, 6);
        expect((seen?.exhaustedAt ?? 0) - NOW).toBeCloseTo((50 / perHour) * HOUR, -1);
      }),
    );
  });
});

describe('nothing is foretold', () => {
  it.each([
    ['of two points', even(2, 20, 60), NOW, undefined],
    ['of less than five minutes', even(5, 20, 60, MINUTE), NOW, undefined],
    ['when the last figure is over an hour old', even(13, 20, 60), NOW + HOUR + 1, undefined],
    ['of a window that is over', even(13, 20, 60), NOW, NOW],
    ['of what lies ahead', even(13, 20, 60), NOW - 2 * HOUR, undefined],
    ['of no points', [], NOW, undefined],
  ])('%s', (_what, points, now, resetsAt) => {
    expect(forecast(points, now, resetsAt)).toBeUndefined();
  });
});

it('what is not used lasts', () => {
  expect(forecast(even(13, 0, 60), NOW)).toEqual({ pacePerHour: 0, lastsUntilReset: true });
});

it('what is used up is so now', () => {
  expect(forecast(even(13, 0, 100), NOW, NOW + HOUR)).toEqual({ exhaustedAt: NOW, pacePerHour: 0, lastsUntilReset: false });
});

it('what was used before the reset does not count', () => {
  const before = even(13, 50, 90).map(({ at, usedPercent }) => ({ at: at - HOUR - MINUTE, usedPercent }));
  expect(forecast([...before, ...even(13, 10, 15)], NOW)?.pacePerHour).toBeCloseTo(10, 6);
});

it('the pace is that of the last hours', () => {
  const night = even(100, 0, 10).map(({ at, usedPercent }) => ({ at: at - 7 * HOUR, usedPercent }));
  expect(forecast([...night, ...even(60, 8, 50)], NOW)?.pacePerHour).toBeCloseTo(8, 6);
});

it('one wild figure in ten does not turn it', () => {
  const points = even(20, 12, 60).map((point, index) =>
    index === 19 || index === 12 ? { ...point, usedPercent: point.usedPercent + 25 } : point,
  );
  // A jump up and down again looks like a reset: without the fall, the pace is the even one.
  expect(forecast(points.slice(13), NOW)?.pacePerHour).toBeCloseTo(12, 0);
});

it('whole per cent tell the pace nearly', () => {
  const rounded = even(72, 7, 60).map(({ at, usedPercent }) => ({ at, usedPercent: Math.floor(usedPercent) }));
  expect(forecast(rounded, NOW)?.pacePerHour).toBeCloseTo(7, 0);
});

const anyPoints = fc.array(
  fc.record({ at: fc.integer({ min: NOW - 30 * HOUR, max: NOW + HOUR }), usedPercent: fc.double({ min: 0, max: 130, noNaN: true }) }),
  { maxLength: 250 },
);
const anyReset = fc.option(fc.integer({ min: NOW - HOUR, max: NOW + 200 * HOUR }), { nil: undefined });

it('whatever the points: the pace is a number not below 0, the end is not past, and not after the reset', () => {
  fc.assert(
    fc.property(anyPoints, anyReset, (points, resetsAt) => {
      const seen = forecast(points, NOW, resetsAt);
      if (!seen) return;
      expect(seen.pacePerHour).toBeGreaterThanOrEqual(0);
      expect(Number.isFinite(seen.pacePerHour)).toBe(true);
      expect(seen.lastsUntilReset).toBe(seen.exhaustedAt === undefined);
      if (seen.exhaustedAt === undefined) return;
      expect(seen.exhaustedAt).toBeGreaterThanOrEqual(NOW);
      if (resetsAt !== undefined) expect(seen.exhaustedAt).toBeLessThan(resetsAt);
    }),
  );
});

it('the order of the points does not matter', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(even(30, 10, 50), { minLength: 30 }), (points) => {
      expect(forecast(points, NOW)).toEqual(forecast(even(30, 10, 50), NOW));
    }),
  );
});

describe('a history', () => {
  it('keeps at most 200 points, in order, with the first and the newest', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 600_000 }), { minLength: 1, maxLength: 900 }), (gaps) => {
        const history = new History();
        let at = NOW;
        for (const gap of gaps) {
          at += gap;
          history.add({ at, usedPercent: 50 });
        }
        const { points } = history;
        expect(points.length).toBeLessThanOrEqual(200);
        expect(points[0]?.at).toBe(NOW + (gaps[0] ?? 0));
        expect(points.at(-1)?.at).toBe(at);
        expect(points.every((point, index) => index === 0 || point.at > (points[index - 1]?.at ?? 0))).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('begins anew when the share falls', () => {
    const history = new History();
    history.restore([...even(5, 10, 80)]);
    history.add({ at: NOW + MINUTE, usedPercent: 2 });
    expect(history.points).toEqual([{ at: NOW + MINUTE, usedPercent: 2 }]);
  });

  it('thinned, tells the same pace', () => {
    const history = new History();
    history.restore(even(700, 12, 90, 20_000));
    expect(history.points.length).toBeLessThanOrEqual(200);
    expect(forecast(history.points, NOW)?.pacePerHour).toBeCloseTo(12, 6);
  });
});
