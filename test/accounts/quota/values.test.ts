import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentOf, numberOf, ofMinutes, windowOf } from '../../../src/accounts/quota/values.ts';

const NOW = Date.parse('2026-11-22T19:30:00Z');

describe('moments', () => {
  it('are epoch seconds, epoch milliseconds or ISO 8601, as numbers or strings', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300 * 86_400, max: 300 * 86_400 }), (offset) => {
        const at = NOW + offset * 1000;
        for (const written of [at, at / 1000, String(at), String(at / 1000), new Date(at).toISOString()]) {
          expect(momentOf(written, NOW)).toBe(at);
        }
      }),
    );
  });

  it.each([undefined, null, '', 0, -1, 'soon', {}, '2026-11-22', '2026-11-22T19:30:00', 1e18])('%j is none', (value) => {
    expect(momentOf(value, NOW)).toBeUndefined();
  });
});

it.each(['', ' ', '0x10', '1e999', 'NaN', null, true, [], Number.POSITIVE_INFINITY])('%j is no number', (value) => {
  expect(numberOf(value)).toBeUndefined();
});

it.each([
  [300, '5h', '5 hours'],
  [60, '1h', '1 hour'],
  [10_080, '7d', '7 days'],
  [90, '90m', '90 minutes'],
])('%d minutes are %s', (minutes, id, label) => {
  expect(ofMinutes(minutes)).toEqual({ id, label });
});

describe('a window', () => {
  const name = { id: 'x', label: 'X', unit: 'requests' as const };

  it('needs a figure of what is used or left', () => {
    expect(windowOf({ ...name, limit: 100 })).toEqual([]);
    expect(windowOf({ ...name, resetsAt: NOW })).toEqual([]);
  });

  it('has no share used where the limit is unknown or 0', () => {
    expect(windowOf({ ...name, used: 5 })).toEqual([{ ...name, used: 5 }]);
    expect(windowOf({ ...name, used: 5, limit: 0 })).toEqual([{ ...name, used: 5 }]);
    expect(windowOf({ ...name, remaining: 0 })).toEqual([{ ...name, remaining: 0 }]);
  });

  it('follows from two of its three figures', () => {
    const whole = { ...name, limit: 200, used: 50, remaining: 150, usedPercent: 25 };
    expect(windowOf({ ...name, limit: 200, used: 50 })).toEqual([whole]);
    expect(windowOf({ ...name, limit: 200, remaining: 150 })).toEqual([whole]);
  });

  it('is never told to be less than unused', () => {
    expect(windowOf({ ...name, limit: 100, remaining: 130 })).toMatchObject([{ used: 0, usedPercent: 0, remaining: 130 }]);
  });
});
