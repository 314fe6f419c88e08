import type { UsageRow } from '../../../admin/api.ts';
import type { UsageView } from '../../contract/calls/usage.ts';
import { amountOf, type Measure, plus } from '../../contract/usage/measures.ts';
import type { Slot } from './span.ts';

/** As many colours as people can tell apart. */
const MOST_SERIES = 8;

/**
 * The rows (by slot and group) as series over all slots, the largest groups singly and the others as one. Where nothing was asked is 0;
 * where something was, and nobody knows how much, is `null`.
 */
export function chartOf(
  measure: Measure,
  slots: readonly Slot[],
  groups: readonly UsageRow[],
  rows: readonly UsageRow[],
): UsageView['chart'] {
  const shown = largest(measure, groups);
  const unknown = new Set(groups.flatMap((row) => (amountOf(row, measure) === null ? [row.by[0] ?? ''] : [])));
  const series = new Map<string | undefined, (number | null)[]>();
  const at = new Map(slots.map(({ label }, index) => [label, index]));
  for (const row of rows) {
    const [slot = '', name = ''] = row.by;
    const group = shown.has(name) ? name : undefined;
    const index = at.get(slot);
    if (index === undefined) continue;
    const values = series.get(group) ?? empty(slots);
    series.set(group, values);
    put(values, index, amountOf(row, measure));
  }
  return [...shown, undefined].flatMap((group) => {
    const values = series.get(group);
    if (!values || (group === undefined && !values.some(Boolean))) return [];
    // Zeros around what is not known would make it look like nothing.
    if (group !== undefined && unknown.has(group)) return [{ group, values: slots.map(() => null) }];
    return [{ ...(group === undefined ? {} : { group }), values: values.map((value, index) => ended(value, slots[index])) }];
  });
}

/** NaN: nothing was asked here yet. */
const empty = (slots: readonly Slot[]): (number | null)[] => slots.map(() => Number.NaN);

function put(values: (number | null)[], index: number, amount: number | null): void {
  const before = values[index];
  values[index] = before === undefined || Number.isNaN(before) ? amount : plus(before, amount);
}

function ended(value: number | null, slot: Slot | undefined): number | null {
  if (!Number.isNaN(value)) return value;
  return slot?.ahead ? null : 0;
}

/** The names of the groups that are shown singly: a ninth one as well, when it would be all of the others. */
function largest(measure: Measure, groups: readonly UsageRow[]): Set<string> {
  const ranked = groups
    .map((row) => ({ name: row.by[0] ?? '', amount: amountOf(row, measure), requests: row.requests }))
    .filter(({ amount }) => amount !== 0)
    .sort((a, b) => (b.amount ?? 0) - (a.amount ?? 0) || b.requests - a.requests);
  return new Set(ranked.slice(0, ranked.length === MOST_SERIES + 1 ? undefined : MOST_SERIES).map(({ name }) => name));
}
