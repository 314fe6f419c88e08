import type { SqlValue } from 'sql.js';
import type { LedgerFilter } from '../ledger.ts';
import type { RequestRecord } from '../record.ts';
import { NAME_DIMENSIONS } from './measured.ts';
import type { Names } from './names.ts';
import { COLUMNS, recordOfRow } from './record-row.ts';
import type { SqlDatabase } from './sql-database.ts';

export interface RequestFilter extends LedgerFilter {
  limit: number;
  /** Only records older than the one with this id; none if it is not (or no longer) kept singly. */
  before?: string;
}

/** Single records, newest first. */
export function listRequests(db: SqlDatabase, names: Names, filter: RequestFilter): RequestRecord[] {
  const conditions: string[] = [];
  const values: SqlValue[] = [];
  const require = (condition: string, ...bound: SqlValue[]): void => {
    conditions.push(condition);
    values.push(...bound);
  };
  if (filter.since !== undefined) require('at >= ?', filter.since);
  if (filter.until !== undefined) require('at < ?', filter.until);
  if (filter.before !== undefined) require('(at, seq) < (SELECT at, seq FROM requests WHERE id = ?)', filter.before);
  for (const dimension of NAME_DIMENSIONS) {
    const name = filter.where?.[dimension];
    if (name === undefined) continue;
    const code = names.find(name);
    if (code === undefined) return [];
    // `model` is the name shown to the user; the column of that name is the vendor's.
    require(`coalesce(${dimension === 'model' ? 'target' : dimension}, 0) = ?`, code);
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const sql = `SELECT ${COLUMNS.join(', ')} FROM requests ${where} ORDER BY at DESC, seq DESC LIMIT ?`;
  return [...db.rows(sql, [...values, Math.max(0, filter.limit)])].map((row) => recordOfRow(row, names));
}
