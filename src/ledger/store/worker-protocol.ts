import type { LedgerFilter, RequestFilter, UsageQuery, UsageRow } from '../ledger.ts';
import type { RequestRecord } from '../record.ts';
import type { Retention } from './retention.ts';

/** What the ledger's thread can be asked, and what it answers. */
export interface Calls {
  /**
   * Reads the file and the journal, anew if it has before. `writable`: the folder is ours: what is damaged is set aside. `now`:
   * milliseconds since the epoch.
   */
  open: { ask: { folder: string; writable: boolean; retention: Retention; now: number }; answer: Opened };
  usage: { ask: UsageQuery; answer: UsageRow[] };
  requests: { ask: RequestFilter; answer: RequestRecord[] };
  count: { ask: LedgerFilter; answer: number };
  request: { ask: { id: string }; answer: RequestRecord | undefined };
  state: { ask: Record<never, never>; answer: BookState };
  /** Saves the file with all records given so far: those up to this segment of the journal, at least. Answers when it is in place. */
  checkpoint: { ask: { folder: string; segment: number; now: number }; answer: { bytes: number } };
}

export type CallName = keyof Calls;

export interface Opened {
  /** The last segment of the journal that is known of, in the file or the folder. */
  segment: number;
  /** Records of the journal that are not in the file. */
  replayed: number;
  /** What was damaged, and where it was put. */
  notices: string[];
  bytes: number;
}

export interface BookState {
  records: number;
  oldest: number | undefined;
  oldestDay: string | undefined;
}

/** `line`: a record as in the journal. `close`: the thread ends. */
export type ToLedgerWorker =
  | { [Name in CallName]: { call: Name; id: number; ask: Calls[Name]['ask'] } }[CallName]
  | { line: string }
  | { close: true };

export type FromLedgerWorker = { id: number; answer: Calls[CallName]['answer'] } | { id: number; error: string } | { log: string };
