import type { Dimension, UsageQuery, UsageRow } from '../ledger.ts';
import type { Columns } from './columns.ts';
import type { DaySums, Days } from './days.ts';
import { Filter } from './filter.ts';
import { Histogram } from './histogram.ts';
import { NAME_DIMENSIONS } from './measured.ts';
import type { Names } from './names.ts';
import { percentilesOf } from './percentiles.ts';
import type { Search } from './search.ts';
import { Sums } from './sums.ts';
import { dayOf, hourOf, TimeLabels } from './time-labels.ts';

/** What the numbers come from. */
export interface Kept {
  columns: Columns;
  days: Days;
  names: Names;
  search: Search;
}

interface Group {
  by: string[];
  sums: Sums;
  first: Histogram;
  total: Histogram;
}

/** One dimension of a query. */
interface Axis {
  dimension: Dimension;
  codeOfRecord(i: number): number;
  codeOfDay(day: DaySums): number;
  nameOf(code: number): string;
}

/** Codes are below this: two of them make one exact number. */
const CODES = 2 ** 26;

/**
 * The sums a query asks for. By time oldest first, then most requests first. Rolled-up days count where all of their requests lie in the
 * asked time, and not by hour, which is no longer known of them.
 */
export function usageOf(kept: Kept, query: UsageQuery): UsageRow[] {
  if (query.by.length > 2) throw new RangeError('usage is grouped by two dimensions at most');
  const groups = new Groups(query.by.map((dimension) => axisOf(kept, dimension)));
  const filter = Filter.of(query, kept);
  if (query.by.length === 0) groups.groupOf([]);
  if (!filter) return groups.rows();
  const groupOfRecord = addRecords(kept.columns, groups, filter);
  if (!query.by.includes('hour')) addDays(kept.days, groups, filter);
  return groups.rows(
    sortedBy(groupOfRecord, groups.count, kept.columns.numbers.firstMs),
    sortedBy(groupOfRecord, groups.count, kept.columns.numbers.totalMs),
  );
}

class Groups {
  readonly #axes: Axis[];
  readonly #groups: Group[] = [];
  readonly #index = new Map<number, number>();
  #lastKey = Number.NaN;
  #last = 0;

  constructor(axes: Axis[]) {
    this.#axes = axes;
  }

  get count(): number {
    return this.#groups.length;
  }

  at(index: number): Group {
    const group = this.#groups[index];
    if (!group) throw new RangeError(`no group ${index}`);
    return group;
  }

  ofRecord(i: number): number {
    let key = 0;
    for (const axis of this.#axes) key = key * CODES + axis.codeOfRecord(i);
    return this.#byKey(key);
  }

  ofDay(day: DaySums): Group {
    return this.at(this.groupOf(this.#axes.map((axis) => axis.codeOfDay(day))));
  }

  groupOf(codes: readonly number[]): number {
    return this.#byKey(codes.reduce((key, code) => key * CODES + code, 0));
  }

  rows(first: Float64Array[] = [], total: Float64Array[] = []): UsageRow[] {
    const none = new Float64Array();
    const rows = this.#groups.map((group, g) =>
      group.sums.row(group.by, percentilesOf(first[g] ?? none, group.first), percentilesOf(total[g] ?? none, group.total)),
    );
    const times = this.#axes.map(({ dimension }, i) => (dimension === 'day' || dimension === 'hour' ? i : -1)).filter((i) => i >= 0);
    return rows.sort((a, b) => compareAt(times, a, b) || b.requests - a.requests || compareAt([...a.by.keys()], a, b));
  }

  #byKey(key: number): number {
    if (key === this.#lastKey) return this.#last;
    this.#lastKey = key;
    this.#last = this.#index.get(key) ?? this.#add(key);
    return this.#last;
  }

  #add(key: number): number {
    const codes = this.#axes.length === 2 ? [Math.floor(key / CODES), key % CODES] : [key];
    const by = this.#axes.map((axis, i) => axis.nameOf(codes[i] ?? 0));
    this.#index.set(key, this.#groups.length);
    return this.#groups.push({ by, sums: new Sums(), first: new Histogram(), total: new Histogram() }) - 1;
  }
}

function compareAt(indices: readonly number[], a: UsageRow, b: UsageRow): number {
  for (const i of indices) {
    const [x = '', y = ''] = [a.by[i], b.by[i]];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

function axisOf({ columns, names }: Kept, dimension: Dimension): Axis {
  if (dimension === 'day' || dimension === 'hour') return timeAxis(columns, dimension);
  const index = NAME_DIMENSIONS.indexOf(dimension);
  const codes = columns.codes[index] ?? new Int32Array();
  return {
    dimension,
    codeOfRecord: (i) => codes[i] ?? 0,
    codeOfDay: (day) => day.codes[index] ?? 0,
    nameOf: (code) => names.nameOf(code),
  };
}

function timeAxis(columns: Columns, dimension: 'day' | 'hour'): Axis {
  const labels = new TimeLabels(dimension === 'day' ? dayOf : hourOf);
  const { at } = columns.numbers;
  return {
    dimension,
    codeOfRecord: (i) => labels.idAt(at[i] ?? 0),
    codeOfDay: ({ day }) => labels.idOf(day),
    nameOf: (code) => labels.label(code),
  };
}

/** Adds all records that fit; gives the group of each, -1 for none. */
function addRecords(columns: Columns, groups: Groups, filter: Filter): Int32Array {
  const groupOfRecord = new Int32Array(columns.length).fill(-1);
  const passes = filter.records(columns);
  for (let i = 0; i < columns.length; i++) {
    if (!passes(i)) continue;
    const group = groups.ofRecord(i);
    groupOfRecord[i] = group;
    groups.at(group).sums.add(columns, i);
  }
  return groupOfRecord;
}

function addDays(days: Days, groups: Groups, filter: Filter): void {
  for (const day of days.all()) {
    if (!filter.day(day)) continue;
    const group = groups.ofDay(day);
    group.sums.addAll(day.sums);
    group.first.addAll(day.first);
    group.total.addAll(day.total);
  }
}

/** The known values of a column by group, each group's rising. */
function sortedBy(groupOfRecord: Int32Array, groups: number, values: Float64Array): Float64Array[] {
  const counts = new Int32Array(groups);
  const counted = (i: number): number => (Number.isNaN(values[i]) ? -1 : (groupOfRecord[i] ?? -1));
  for (let i = 0; i < groupOfRecord.length; i++) {
    const group = counted(i);
    if (group >= 0) counts[group] = (counts[group] ?? 0) + 1;
  }
  const sorted = [...counts].map((count) => new Float64Array(count));
  counts.fill(0);
  for (let i = 0; i < groupOfRecord.length; i++) {
    const group = counted(i);
    const own = sorted[group];
    if (!own) continue;
    own[counts[group] ?? 0] = values[i] ?? 0;
    counts[group] = (counts[group] ?? 0) + 1;
  }
  for (const own of sorted) own.sort();
  return sorted;
}
