import type { RequestRecord } from './record.ts';

/** What records can be grouped by. `hour` and `day` are of this machine's time zone: `2026-11-22T19`, `2026-11-22`. */
export const DIMENSIONS = ['model', 'provider', 'account', 'key', 'client', 'combo', 'tier', 'day', 'hour'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** How a request ended. `fallback`: answered, though not by who would have answered first (`answeredElsewhere`). */
export const OUTCOMES = ['answered', 'failed', 'cancelled', 'fallback'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Which records count. Times in milliseconds since the epoch, `until` exclusive. */
export interface LedgerFilter {
  since?: number;
  until?: number;
  /** Values of dimensions that must fit. `model` is `prefix/model` as shown to the user. */
  where?: Partial<Record<Exclude<Dimension, 'day' | 'hour'>, string>>;
  /** Asks of single records; those kept as daily sums alone do not count. */
  outcome?: Outcome;
  /** Part of the id, the name asked for, model, account, client, key or combo, whatever its case. Of single records alone, too. */
  search?: string;
}

/** A page of single records, newest first. */
export interface RequestFilter extends LedgerFilter {
  limit: number;
  /** Only records older than the one with this id; none if it is not (or no longer) kept singly. */
  before?: string;
  /** So many of the newest that pass are left out. */
  offset?: number;
}

export interface UsageQuery extends LedgerFilter {
  /** One or two dimensions; none: one row over everything. */
  by: readonly Dimension[];
}

export interface Percentiles {
  p50: number;
  p95: number;
  p99: number;
}

/** The sums of one group. Unknown is `null`, never 0: a sum of tokens holds what is known, and `unknownUsage` how many requests it lacks. */
export interface UsageRow {
  /** Values of the query's dimensions, in their order. */
  by: string[];
  requests: number;
  /** Neither answered nor cancelled. */
  failed: number;
  cancelled: number;
  inputTokens: number | null;
  cacheReadTokens: number | null;
  cacheWriteTokens: number | null;
  outputTokens: number | null;
  reasoningTokens: number | null;
  /** Of answered requests, those whose usage is not known. */
  unknownUsage: number;
  /** Of them, those counted here. */
  estimatedUsage: number;
  /** US dollars paid. */
  cost: number | null;
  /** US dollars that plans, free tiers and local models saved, by list price. */
  saved: number | null;
  /** Answered requests whose cost is not known. */
  unpriced: number;
  /** cache reads / input, 0…1, over requests that report both. */
  cacheHitShare: number | null;
  firstTokenMs: Percentiles | null;
  totalMs: Percentiles | null;
  /** Output tokens a second after the first token. */
  tokensPerSecond: number | null;
  /** Requests that were answered although an attempt failed or a target was passed over as it could not answer: interruptions avoided. */
  fallbacks: number;
}

export interface LedgerState {
  records: number;
  /** Of the database file. */
  bytes: number;
  /** Oldest record kept singly, and oldest day kept as sums. */
  oldest: number | undefined;
  oldestDay: string | undefined;
  /** Said at the start: what was damaged and where it was put. */
  notices: string[];
}

/**
 * The lasting book of requests. `add` returns at once and never throws; what it was given is on disk within a moment, and a crash loses
 * at most the record being written. Queries see every record added before them.
 */
export interface Ledger {
  add(record: RequestRecord): void;
  /** Newest first. */
  requests(filter: RequestFilter): Promise<RequestRecord[]>;
  /** How many single records pass. */
  count(filter: LedgerFilter): Promise<number>;
  /** One that is kept singly. */
  request(id: string): Promise<RequestRecord | undefined>;
  usage(query: UsageQuery): Promise<UsageRow[]>;
  state(): Promise<LedgerState>;
  /** Everything that was added is on disk. */
  flush(): Promise<void>;
  close(): Promise<void>;
}
