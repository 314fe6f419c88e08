import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../../../src/ledger/store/histogram.ts';
import { percentilesOf } from '../../../src/ledger/store/percentiles.ts';

const durations = fc.array(fc.nat({ max: 60 }), { maxLength: 40 });

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.add(value);
  return histogram;
}

describe('percentiles', () => {
  it('are those of single values and of what stands for the buckets, together', () => {
    fc.assert(
      fc.property(durations, durations, (single, rolledUp) => {
        const histogram = histogramOf(rolledUp);
        const points = histogram.points().flatMap(({ value, count }) => new Array<number>(count).fill(value));
        const all = [...single, ...points].sort((a, b) => a - b);
        const at = (percent: number): number => all[Math.ceil((percent * all.length) / 100) - 1] ?? Number.NaN;
        const expected = all.length === 0 ? null : { p50: at(50), p95: at(95), p99: at(99) };
        expect(percentilesOf(Float64Array.from(single).sort(), histogram)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('come back from the file as they were', () => {
    const histogram = histogramOf([0, 0.4, 1, 7, 7, 812, 60_000]);
    expect(Histogram.parse(JSON.stringify(histogram)).points()).toEqual(histogram.points());
    for (const value of [1, 7, 812, 60_000]) {
      const [point] = histogramOf([value]).points();
      expect(Math.abs((point?.value ?? 0) / value - 1)).toBeLessThan(0.026);
    }
  });
});
