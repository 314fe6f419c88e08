import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { successShare } from '../overview/sums.ts';

/** How quickly one provider, or one model, answered. */
export interface LatencyRow {
  name: string;
  requests: number;
  /** 0…1; `undefined`: nobody waited for an answer. */
  answered: number | undefined;
  first: UsageRow['firstTokenMs'];
  total: UsageRow['totalMs'];
  /** Tokens a second. */
  speed: number | null;
}

/** What the rows can be sorted by. */
export const SORTS = {
  name: (row: LatencyRow) => row.name,
  requests: (row: LatencyRow) => row.requests,
  answered: (row: LatencyRow) => row.answered,
  first50: (row: LatencyRow) => row.first?.p50,
  first95: (row: LatencyRow) => row.first?.p95,
  first99: (row: LatencyRow) => row.first?.p99,
  total50: (row: LatencyRow) => row.total?.p50,
  total95: (row: LatencyRow) => row.total?.p95,
  total99: (row: LatencyRow) => row.total?.p99,
  speed: (row: LatencyRow) => row.speed ?? undefined,
} satisfies Record<string, (row: LatencyRow) => string | number | undefined>;
export type SortedBy = keyof typeof SORTS;

/** Requests that went nowhere have no name and no latency. */
export function latencyRows(rows: readonly UsageRow[]): LatencyRow[] {
  return rows.flatMap(({ by: [name], requests, firstTokenMs, totalMs, tokensPerSecond, ...rest }) =>
    name
      ? [
          {
            name,
            requests,
            answered: successShare({ requests, firstTokenMs, totalMs, tokensPerSecond, by: [name], ...rest }),
            first: firstTokenMs,
            total: totalMs,
            speed: tokensPerSecond,
          },
        ]
      : [],
  );
}

/** What is not known stands last, whichever way it is sorted. */
export function sortedRows(rows: readonly LatencyRow[], by: SortedBy, down: boolean): LatencyRow[] {
  const pick: (row: LatencyRow) => string | number | undefined = SORTS[by];
  const sign = down ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [pick(a), pick(b)];
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined) || compare(a.name, b.name);
    return sign * compare(x, y) || compare(a.name, b.name);
  });
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
}
