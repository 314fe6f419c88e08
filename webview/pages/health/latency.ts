import type { UsageRow } from '../../../src/editor/admin/api.ts';
import { successOf } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { compareKnown } from '../../ui/table/order.ts';

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

type Value = (row: LatencyRow) => string | number | undefined;

/** What the rows can be sorted by. */
const VALUES = {
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
} satisfies Record<string, Value>;
export type SortedBy = keyof typeof VALUES;
export const SORTS: readonly string[] = Object.keys(VALUES);

/** Requests that went nowhere have no name and no latency. */
export function latencyRows(rows: readonly UsageRow[]): LatencyRow[] {
  return rows.flatMap((row) => {
    const { by, requests, firstTokenMs: first, totalMs: total, tokensPerSecond: speed } = row;
    const [name] = by;
    return name ? [{ name, requests, answered: successOf(row), first, total, speed }] : [];
  });
}

/** What is not known stands last, whichever way it is sorted. */
export function sortedRows(rows: readonly LatencyRow[], by: string, down: boolean): LatencyRow[] {
  const values: Readonly<Record<string, Value>> = VALUES;
  const value = values[by] ?? VALUES.requests;
  return [...rows].sort((a, b) => compareKnown(value(a), value(b), down) || a.name.localeCompare(b.name));
}
