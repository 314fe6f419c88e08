import { describe, expect, it } from 'vitest';
import { durationMs, retryAfterOf, waitInText } from '../../../src/dialects/shared/retry-after.ts';

describe('retryAfterOf', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Thu, 01 Jan 2020 00:00:00 GMT' }, 0],
    [{ 'retry-after': '30', 'retry-after-ms': '1500' }, 1500],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-1' }, undefined],
    [{}, undefined],
  ])('%o is %s ms', (headers, expected) => expect(retryAfterOf(headers as Record<string, string>, now)).toBe(expected));
});

describe('durationMs', () => {
  it.each([
    ['6m0s', 360_000],
    ['20ms', 20],
    ['2h7m23s', 7_643_000],
    ['56.7s', 56_700],
    ['1d', 86_400_000],
    ['12', undefined],
    ['', undefined],
    ['1x', undefined],
  ])('%s is %s', (text, expected) => expect(durationMs(text)).toBe(expected));
});

describe('waitInText', () => {
  it.each([
    ['Please try again in 1m30.5s. Visit …', 90_500],
    ['Please retry in 12.5s.', 12_500],
    ['Your quota will reset after 2h7m23s', 7_643_000],
    ['Try again in 20ms', 20],
    ['Try again later', undefined],
  ])('%s', (text, expected) => expect(waitInText(text)).toBe(expected));
});
