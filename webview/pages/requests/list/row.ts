import type { RequestRecord } from '../../../../src/editor/admin/api.ts';
import { liveRequestOf } from '../../../../src/editor/live/request-book.ts';
import type { LiveRequest } from '../../../../src/editor/live/snapshot.ts';
import { isUnderWay } from '../../../../src/editor/live/under-way.ts';

/** One line of the list: a request under way, or over; of those read from the ledger with all that is kept. */
export interface Row extends LiveRequest {
  record?: RequestRecord;
}

export function rowOf(record: RequestRecord): Row {
  return { ...liveRequestOf(record), record };
}

/** How often somebody was asked, the attempt that is under way or answers included. */
export function attemptsIn(row: Row): number {
  const { attempts } = row;
  return isUnderWay(row) ? attempts.length + 1 : attempts.length;
}
