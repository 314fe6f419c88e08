import type { LedgerFilter } from '../ledger.ts';
import type { RequestRecord } from '../record.ts';
import type { Columns } from './columns.ts';
import { Filter } from './filter.ts';
import type { Names } from './names.ts';
import { COLUMNS, recordOfRow } from './record-row.ts';
import type { SqlDatabase } from './sql-database.ts';

export interface RequestFilter extends LedgerFilter {
  limit: number;
  /** Only records older than the one with this id; none if it is not (or no longer) kept singly. */
  before?: string;
}

interface Position {
  at: number;
  seq: number;
}

const SELECT = `SELECT ${COLUMNS.join(', ')} FROM requests WHERE seq = ?`;

/** Single records, newest first; of one time, the last added first. Found in the columns: in SQL a rare name takes 40 ms and more. */
export function listRequests(db: SqlDatabase, columns: Columns, names: Names, filter: RequestFilter): RequestRecord[] {
  const passes = Filter.of(filter, names);
  const before = filter.before === undefined ? { at: Number.POSITIVE_INFINITY, seq: 0 } : positionOf(db, filter.before);
  if (!passes || !before || filter.limit <= 0) return [];
  const found = newest(columns, passes.records(columns), before, filter.limit);
  return found.flatMap(({ seq }) => [...db.rows(SELECT, [seq])].map((row) => recordOfRow(row, names)));
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
