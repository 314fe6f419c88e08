import type { LedgerFilter, RequestFilter } from '../ledger.ts';
import type { RequestRecord } from '../record.ts';
import type { Columns } from './columns.ts';
import { Filter } from './filter.ts';
import type { Names } from './names.ts';
import { COLUMNS, recordOfRow } from './record-row.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Kept } from './usage.ts';

interface Position {
  at: number;
  seq: number;
}

const SELECT = `SELECT ${COLUMNS.join(', ')} FROM requests WHERE seq = ?`;
const SELECT_BY_ID = `SELECT ${COLUMNS.join(', ')} FROM requests WHERE id = ?`;

/** Single records, newest first; of one time, the last added first. Found in the columns: in SQL a rare name takes 40 ms and more. */
export function listRequests(db: SqlDatabase, kept: Kept, filter: RequestFilter): RequestRecord[] {
  const { limit, offset = 0 } = filter;
  const passes = Filter.of(filter, kept);
  const before = filter.before === undefined ? { at: Number.POSITIVE_INFINITY, seq: 0 } : positionOf(db, filter.before);
  if (!passes || !before || limit <= 0) return [];
  const found = newest(kept.columns, passes.records(kept.columns), before, offset + limit).slice(offset);
  return found.flatMap(({ seq }) => [...db.rows(SELECT, [seq])].map((row) => recordOfRow(row, kept.names)));
}

/** How many single records pass. */
export function countRequests({ columns, names, search }: Kept, filter: LedgerFilter): number {
  const passes = Filter.of(filter, { names, search })?.records(columns);
  if (!passes) return 0;
  let count = 0;
  for (let i = 0; i < columns.length; i++) if (passes(i)) count += 1;
  return count;
}

export function requestById(db: SqlDatabase, names: Names, id: string): RequestRecord | undefined {
  const [row] = db.rows(SELECT_BY_ID, [id]);
  return row && recordOfRow(row, names);
}

function positionOf(db: SqlDatabase, id: string): Position | undefined {
  for (const [at, seq] of db.rows('SELECT at, seq FROM requests WHERE id = ?', [id])) return { at: Number(at), seq: Number(seq) };
  return undefined;
}

/** The newest positions that pass. Records are nearly in the order of their times, so what is seen first is mostly what is wanted. */
function newest(columns: Columns, passes: (i: number) => boolean, before: Position, limit: number): Position[] {
  const { at, seq } = columns.numbers;
  const most = 2 * limit + 100;
  let found: Position[] = [];
  let oldest: Position = { at: Number.NEGATIVE_INFINITY, seq: 0 };
  for (let i = columns.length - 1; i >= 0; i--) {
    const position = { at: at[i] ?? 0, seq: seq[i] ?? 0 };
    if (newerFirst(before, position) >= 0 || newerFirst(position, oldest) > 0 || !passes(i)) continue;
    found.push(position);
    if (found.length < most) continue;
    found = found.sort(newerFirst).slice(0, limit);
    oldest = found[limit - 1] ?? oldest;
  }
  return found.sort(newerFirst).slice(0, limit);
}

function newerFirst(a: Position, b: Position): number {
  return b.at - a.at || b.seq - a.seq;
}
