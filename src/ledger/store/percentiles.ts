import type { Percentiles } from '../ledger.ts';
import type { Histogram } from './histogram.ts';

/**
 * Percentiles by nearest rank: exact for single values, within a bucket where the value came from the histogram. `sorted` rises. `null`
 * where there is nothing.
 */
export function percentilesOf(sorted: Float64Array, histogram: Histogram | undefined): Percentiles | null {
  const points = histogram?.points() ?? [];
  const total = points.reduce((sum, { count }) => sum + count, sorted.length);
  if (total === 0) return null;
  const at = (share: number): number => valueAt(Math.max(1, Math.ceil(share * total)), sorted, points);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

/** The value at a rank (from 1) of both together. */
function valueAt(rank: number, sorted: Float64Array, points: readonly { value: number; count: number }[]): number {
  let passed = 0;
  let next = 0;
  for (const { value, count } of points) {
    const singly = firstAbove(sorted, value);
    // Single values up to this point come before it.
    if (passed + (singly - next) >= rank) break;
    passed += singly - next;
    next = singly;
    if (passed + count >= rank) return value;
    passed += count;
  }
  return sorted[next + rank - passed - 1] ?? 0;
}

/** Index of the first element above `value`. */
function firstAbove(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
