import { describe, expect, it } from 'vitest';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { chartOf } from '../../../src/editor/dashboard/session/usage/chart.ts';

const slots = [
  { label: '2026-11-20', ahead: false },
  { label: '2026-11-21', ahead: false },
  { label: '2026-11-22', ahead: true },
];

function row(by: string[], cost: number | null, more: Partial<UsageRow> = {}): UsageRow {
  const counts = {
    requests: 1,
    failed: 0,
    cancelled: 0,
    unknownUsage: 0,
    estimatedUsage: 0,
    unpriced: Number(cost === null),
    fallbacks: 0,
  };
  const tokens = { inputTokens: 1, outputTokens: 1, cacheReadTokens: null, cacheWriteTokens: null, reasoningTokens: null };
  const times = { cacheHitShare: null, firstTokenMs: null, totalMs: null, tokensPerSecond: null };
  return { by, cost, saved: null, ...counts, ...tokens, ...times, ...more };
}

describe('the chart', () => {
  it('has 0 where nothing was asked, and nothing where nobody knows or a day is ahead', () => {
    const groups = [row(['a'], 3), row(['b'], null)];
    const rows = [row(['2026-11-20', 'a'], 3), row(['2026-11-20', 'b'], null)];
    expect(chartOf('cost', slots, groups, rows)).toEqual([
      { group: 'a', values: [3, 0, null] },
      { group: 'b', values: [null, null, null] },
    ]);
    expect(chartOf('cost', slots, [row(['a'], 3, { unpriced: 1 })], [row(['2026-11-20', 'a'], 3), row(['2026-11-21', 'a'], null)])).toEqual(
      [{ group: 'a', values: [3, null, null] }],
    );
  });

  it('has the largest eight and the others as one, or all nine; none that is 0', () => {
    const groups = (count: number): UsageRow[] => Array.from({ length: count }, (_, at) => row([`m${at}`], at + 1));
    const rows = (count: number): UsageRow[] => groups(count).map((group) => ({ ...group, by: ['2026-11-20', ...group.by] }));
    const ten = chartOf('cost', slots, groups(10), rows(10));
    expect(ten.map(({ group }) => group)).toEqual(['m9', 'm8', 'm7', 'm6', 'm5', 'm4', 'm3', 'm2', undefined]);
    expect(ten.at(-1)?.values).toEqual([1 + 2, 0, null]);
    expect(chartOf('cost', slots, groups(9), rows(9)).map(({ group }) => group)).toHaveLength(9);
    expect(chartOf('cost', slots, [row(['plan'], null, { unpriced: 0 })], [row(['2026-11-20', 'plan'], null, { unpriced: 0 })])).toEqual(
      [],
    );
  });
});
