import { describe, expect, it } from 'vitest';
import { useLocale } from '../../../src/editor/format/index.ts';
import { lastOf, pointAfterKey, pointAt, scaleOf, sparkPath, stacked, stepOf, sumOf } from '../../../webview/ui/chart/data.ts';
import { formatAxis, formatPoint } from '../../../webview/ui/chart/times.ts';

const DAY = 86_400_000;
const series = [
  { name: 'a', values: [1, 2, null] },
  { name: 'b', values: [10, null, null] },
  { name: 'c', values: [100, 200, null] },
];

describe('stacked series', () => {
  it('stand upon those before them; where none knows a value there is none', () => {
    expect(stacked(series, new Set())).toEqual([
      [1, 2, null],
      [11, 2, null],
      [111, 202, null],
    ]);
  });

  it('leave a hidden one out', () => {
    expect(stacked(series, new Set(['b']))).toEqual([
      [1, 2, null],
      [null, null, null],
      [101, 202, null],
    ]);
  });

  it('have sums and last values of what is known alone', () => {
    expect(series.map(sumOf)).toEqual([3, 10, 300]);
    expect(series.map(lastOf)).toEqual([2, 10, 200]);
    expect(sumOf({ name: 'x', values: [null] })).toBeNull();
  });
});

describe('the scale', () => {
  it('begins at nothing, ends above the most, and is there without any value', () => {
    expect(scaleOf([[1, 50, null]])).toEqual([0, 53]);
    expect(scaleOf([[null], []])).toEqual([0, 1]);
  });
});

describe('points', () => {
  const at = [0, DAY, 2 * DAY];

  it('are found by the nearest time', () => {
    expect(pointAt(-5, at)).toBe(0);
    expect(pointAt(0.4 * DAY, at)).toBe(0);
    expect(pointAt(0.6 * DAY, at)).toBe(1);
    expect(pointAt(9 * DAY, at)).toBe(2);
    expect(pointAt(5, [])).toBeUndefined();
  });

  it('last as long as the one before, a day when there is one', () => {
    expect(stepOf([0, 3_600_000])).toBe(3_600_000);
    expect(stepOf([5])).toBe(DAY);
  });

  it('are gone through by keys, from the newest', () => {
    expect(pointAfterKey('ArrowLeft', undefined, 3)).toBe(2);
    expect(pointAfterKey('ArrowLeft', 2, 3)).toBe(1);
    expect(pointAfterKey('ArrowRight', 2, 3)).toBe(2);
    expect(pointAfterKey('Home', 2, 3)).toBe(0);
    expect(pointAfterKey('x', 2, 3)).toBeUndefined();
    expect(pointAfterKey('Home', undefined, 0)).toBeUndefined();
  });
});

describe('a small line', () => {
  it('goes from 0 to the most, with a gap where a value is not known', () => {
    expect(sparkPath([0, 10, null, 5, 10])).toBe('M0 19L25 1M75 10L100 1');
  });

  it('shows a value alone as a dash, and nothing as nothing', () => {
    expect(sparkPath([7])).toBe('M0 1h1');
    expect(sparkPath([null, null])).toBe('');
    expect(sparkPath([0, 0])).toBe('M0 19L100 19');
  });
});

describe('times', () => {
  it('are as fine as the points, in the language of the editor', () => {
    const at = new Date(2026, 10, 22, 14, 0).getTime();
    expect(formatPoint(at, DAY)).toBe('Sun, Nov 22');
    expect(formatPoint(at, 3_600_000)).toBe('Nov 22, 14:00');
    expect(formatPoint(at, 30 * DAY)).toBe('November 2026');
    useLocale('es');
    expect(formatPoint(at, DAY)).toBe('dom, 22 nov');
    useLocale('en');
  });

  it('say the date at the axis where a day begins', () => {
    const midnight = new Date(2026, 10, 22).getTime();
    expect(formatAxis([midnight, midnight + 3_600_000], 3_600_000)).toEqual(['Nov 22', '01:00']);
    expect(formatAxis([midnight], DAY)).toEqual(['Nov 22']);
  });
});
