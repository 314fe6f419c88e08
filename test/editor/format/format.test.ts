import { afterEach, describe, expect, it } from 'vitest';
import {
  formatAge,
  formatClock,
  formatContext,
  formatCountdown,
  formatMs,
  formatPercent,
  formatPrice,
  formatTime,
  formatTokens,
  formatUsd,
  useLocale,
} from '../../../src/editor/format/index.ts';

afterEach(() => useLocale('en'));

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('figures', () => {
  it.each([
    [0, '0'],
    [1204, '1,204'],
    [9999, '9,999'],
    [60233, '60 K'],
    [999_499, '999 K'],
    [999_950, '1 M'],
    [1834211, '1.8 M'],
    [2_140_000_000, '2.1 B'],
  ])('%d tokens read %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text));

  it.each([
    [131_072, '128 K'],
    [128_000, '128 K'],
    [8192, '8 K'],
    [200_000, '200 K'],
    [1_048_576, '1 M'],
    [1_000_000, '1 M'],
  ])('a context of %d reads %s', (tokens, text) => expect(formatContext(tokens)).toBe(text));

  it.each([
    [0, '$0'],
    [0.0031, '$0.0031'],
    [0.00002, 'less than $0.0001'],
    [0.05, '$0.05'],
    [0.12, '$0.12'],
    [1204.5, '$1,204.50'],
  ])('%d US dollars read %s', (usd, text) => expect(formatUsd(usd)).toBe(text));

  it('a percentage says neither nothing nor all before it is so', () => {
    expect([0, 0.2, 62.4, 99.7, 100, 130].map(formatPercent)).toEqual(['0 %', '1 %', '62 %', '99 %', '100 %', '130 %']);
  });

  it('a price that is not known is not called free', () => {
    expect(formatPrice(null)).toBeUndefined();
    expect(formatPrice({ input: 0, output: 0 })).toBe('free');
    expect(formatPrice({ input: 0.15, output: 0.6 })).toBe('$0.15 in, $0.60 out per million tokens');
  });

  it('follows the editor’s language, and survives one nobody knows', () => {
    useLocale('es');
    expect(formatTokens(1834211)).toBe('1,8 M');
    useLocale('not a language');
    expect(formatTokens(1834211)).toBe('1,8 M');
  });
});

describe('times', () => {
  it.each([
    [812, '812 ms'],
    [1234, '1.2 s'],
    [12_300, '12 s'],
    [65_000, '1 min 5 s'],
  ])('%d ms read %s', (ms, text) => expect(formatMs(ms)).toBe(text));

  it.each([
    [-1, 'now'],
    [1, '1 min'],
    [2 * HOUR + 9.5 * MINUTE, '2 h 10 min'],
    [2 * HOUR, '2 h'],
    [76 * HOUR, '3 d 4 h'],
    [23 * HOUR + 59.5 * MINUTE, '1 d'],
  ])('%d ms left read %s', (ms, text) => expect(formatCountdown(ms)).toBe(text));

  it.each([
    [5000, 'just now'],
    [5 * MINUTE, '5 min ago'],
    [3 * HOUR, '3 h ago'],
    [50 * HOUR, '2 d ago'],
  ])('%d ms old reads %s', (ms, text) => expect(formatAge(ms)).toBe(text));

  it('a moment names its day only when it is another day', () => {
    const now = new Date(2026, 10, 22, 12, 0).getTime();
    expect(formatTime(new Date(2026, 10, 22, 14, 5).getTime(), now)).toBe('14:05');
    expect(formatTime(new Date(2026, 10, 24, 0, 5).getTime(), now)).toBe('Tue 00:05');
    expect(formatTime(new Date(2026, 11, 2, 14, 5).getTime(), now)).toContain('Dec');
  });

  it('a moment in a list has its seconds, and its day when it is another day', () => {
    const now = new Date(2026, 10, 22, 12, 0).getTime();
    expect(formatClock(new Date(2026, 10, 22, 9, 5, 7).getTime(), now)).toBe('09:05:07');
    expect(formatClock(new Date(2026, 10, 20, 9, 5, 7).getTime(), now)).toContain('20');
  });
});
