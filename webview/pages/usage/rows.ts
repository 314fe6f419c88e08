import type { UsageRow } from '../../../src/editor/admin/api.ts';
import type { UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { amountOf, type Measure, successOf } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { wholeOf } from '../../../src/editor/dashboard/contract/usage/sums.ts';
import { isSortedBy } from '../../fits.ts';
import type { Sorted } from '../../ui/table/columns.ts';
import { compareKnown } from '../../ui/table/order.ts';
import { groupWord } from './words.ts';

/** A line of the table: a group, or the sums of those that are shown. */
export interface Line {
  kind: 'group' | 'total' | 'part';
  /** As the gateway knows it; '' of a group without a name, and of sums. */
  group: string;
  name: string;
  row: UsageRow;
}

export const SORTS = [
  'name',
  'requests',
  'success',
  'input',
  'output',
  'cache',
  'cost',
  'saved',
  'first',
  'p50',
  'p95',
  'speed',
  'fallbacks',
] as const;
export type SortBy = (typeof SORTS)[number];

export const isSorting = isSortedBy(SORTS);

/** The groups whose name holds the text, sorted; what is not known comes last, whichever way. */
export function linesOf(view: UsageView, find: string, sorting: Sorted): Line[] {
  const wanted = find.trim().toLowerCase();
  const lines = view.groups.map((row): Line => {
    const group = row.by[0] ?? '';
    return { kind: 'group', group, name: groupWord(view.asked.by, group, view.names), row };
  });
  const found = wanted === '' ? lines : lines.filter(({ group, name }) => `${name} ${group}`.toLowerCase().includes(wanted));
  return found.sort((a, b) => compared(a, b, sorting));
}

/**
 * The sums of what is shown: the page's own while all groups are. Of some of them, percentiles and shares are not known: they cannot be
 * added up.
 */
export function sumLine(view: UsageView, lines: readonly Line[]): Line | undefined {
  const [total] = view.total;
  if (!total) return undefined;
  if (lines.length === view.groups.length) return { kind: 'total', group: '', name: '', row: total };
  const parts = lines.map(({ row }) => row);
  const bare = { ...total, cacheHitShare: null, firstTokenMs: null, totalMs: null, tokensPerSecond: null };
  return { kind: 'part', group: '', name: '', row: wholeOf(parts, bare) };
}

function compared(a: Line, b: Line, { by, down }: Sorted): number {
  const order = by === 'name' ? 0 : compareKnown(figureOf(a.row, by), figureOf(b.row, by), down);
  const names = a.name.localeCompare(b.name);
  if (by === 'name') return down ? -names : names;
  return order || b.row.requests - a.row.requests || names;
}

const MEASURED: Readonly<Record<string, Measure>> = {
  requests: 'requests',
  input: 'input',
  output: 'output',
  cost: 'cost',
  saved: 'saved',
  fallbacks: 'fallbacks',
};

function figureOf(row: UsageRow, by: string): number | null {
  const measure = MEASURED[by];
  if (measure) return amountOf(row, measure);
  switch (by) {
    case 'success':
      return successOf(row) ?? null;
    case 'cache':
      return row.cacheHitShare;
    case 'first':
      return row.firstTokenMs?.p50 ?? null;
    case 'p50':
      return row.totalMs?.p50 ?? null;
    case 'p95':
      return row.totalMs?.p95 ?? null;
    case 'speed':
      return row.tokensPerSecond;
    default:
      return null;
  }
}
