import { beforeEach, expect, test } from 'vitest';
import { useLocale } from '../../../src/editor/format/index.ts';
import { emptyRow } from '../../../src/editor/live/today.ts';
import { monthOf, paidOf, startOfDay, startOfMonth, sumsOf } from '../../../webview/pages/overview/sums.ts';

beforeEach(() => useLocale('en'));

const sumOf = (id: string, today: Parameters<typeof sumsOf>[0], month: Parameters<typeof sumsOf>[1] = undefined) =>
  sumsOf(today, month).find((sum) => sum.id === id);

test('sums that are not known yet are "–", never 0', () => {
  expect(sumsOf(null, undefined).map(({ value, month }) => [value, month])).toEqual(Array(8).fill(['–', '–']));
});

test('a day without a request has 0 requests, and nothing else is known', () => {
  expect(sumsOf(emptyRow(), emptyRow()).map(({ id, value }) => [id, value])).toEqual([
    ['requests', '0'],
    ['avoided', '0'],
    ['input', '–'],
    ['output', '–'],
    ['paid', '–'],
    ['saved', '–'],
    ['first', '–'],
    ['total', '–'],
  ]);
});

test('usage and prices that are not known are said', () => {
  const row = { ...emptyRow(), requests: 5, inputTokens: 100, cacheHitShare: 0.5, unknownUsage: 2, cost: 0.5, unpriced: 3 };
  expect(sumOf('input', row, row)).toMatchObject({
    value: '100',
    note: 'not known for 2 requests',
    month: '100, not known for 2 requests',
  });
  expect(sumOf('paid', row)).toMatchObject({ value: '$0.50', note: 'no price for 3 requests' });
});

test('what plans alone answered cost nothing; with a price unknown, nobody knows', () => {
  expect(paidOf({ ...emptyRow(), requests: 2, saved: 1 })).toBe(0);
  expect(paidOf({ ...emptyRow(), requests: 2, saved: 1, unpriced: 1 })).toBeNull();
  expect(paidOf({ ...emptyRow(), requests: 2 })).toBeNull();
});

test('who did not wait for an answer counts neither for nor against', () => {
  expect(sumOf('requests', { ...emptyRow(), requests: 10, failed: 1, cancelled: 5 })?.note).toBe('80 % answered');
  expect(sumOf('requests', { ...emptyRow(), requests: 1, cancelled: 1 })?.note).toBe('');
});

test('one failure among many does not round up to all', () => {
  expect(sumOf('requests', { ...emptyRow(), requests: 10_000, failed: 1 })?.note).toBe('99 % answered');
});

test('the month begins at its first day, local time', () => {
  expect(startOfMonth(new Date(2026, 10, 23, 15, 30).getTime())).toBe(new Date(2026, 10, 1).getTime());
});

test('the month is the days before and today as it goes; its times are those read last', () => {
  const before = { ...emptyRow(), requests: 10, inputTokens: 100, cost: 1, fallbacks: 2, totalMs: { p50: 1, p95: 2, p99: 3 } };
  const today = { ...emptyRow(), requests: 3, failed: 1, inputTokens: null, outputTokens: 7, cost: 0.5 };
  const whole = { ...emptyRow(), requests: 12, totalMs: { p50: 4, p95: 5, p99: 6 } };
  expect(monthOf(before, today, whole)).toMatchObject({
    requests: 13,
    failed: 1,
    inputTokens: 100,
    outputTokens: 7,
    cost: 1.5,
    saved: null,
    fallbacks: 2,
    totalMs: { p50: 4 },
  });
  // Until the days before are known, what was read of the whole month.
  expect(monthOf(undefined, today, whole)).toBe(whole);
  expect(monthOf(before, null, whole)).toBe(whole);
});

test('a day begins at midnight of this machine', () => {
  expect(startOfDay(new Date(2026, 10, 23, 14, 5).getTime())).toBe(new Date(2026, 10, 23).getTime());
});
