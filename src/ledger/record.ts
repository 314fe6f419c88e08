import type { FailureClass } from '../conversation/error.ts';
import type { Usage } from '../conversation/usage.ts';
import type { Tier } from '../providers/provider.ts';

/**
 * US dollars. `list`: by bundled list prices; `user`: by the user's own prices; `plan`: nothing was paid for the request itself
 * (subscription, free tier, own machine), and `usd` is what it would have cost by list price.
 */
export interface RecordedCost {
  usd: number;
  source: 'list' | 'user' | 'plan';
}

/** What is kept of one request. Never prompts, answers or credentials. */
export interface RequestRecord {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Name of the gateway key used. */
  key: string;
  /** The tool that asked, by its User-Agent and headers: `Claude Code`; else the User-Agent, shortened. */
  client: string;
  clientVersion?: string;
  /** The client's dialect. */
  dialect: string;
  /** The dialect the provider was asked in. */
  targetDialect?: string;
  /** The model name as asked for. */
  requested: string;
  /** `prefix/model` that answered, or was tried last. */
  target: string | undefined;
  /** Name of the account. */
  account: string | undefined;
  accountId?: string;
  /** Id of the account's provider, and its tier. */
  provider?: string;
  tier?: Tier;
  /** The vendor's model id. */
  model?: string;
  /** The combo the name stood for. */
  combo: string | undefined;
  /** In order. `startMs`: since the request came in; absent of older records. */
  attempts: { target: string; account: string; ms: number; startMs?: number; class?: FailureClass; status?: number }[];
  /** Targets that would have come into question and were not asked: cooling, over budget, unable. */
  skipped: { target: string; account: string; reason: string }[];
  streamed: boolean;
  /** Until the first byte of the answer was written to the client. */
  firstByteMs: number | undefined;
  totalMs: number;
  usage: Usage | undefined;
  /** True where the provider reported no usage and it was counted here. */
  estimated?: boolean;
  /** What the answer cost; absent when that is not known. */
  cost?: RecordedCost;
  finish: string | undefined;
  /** HTTP status the client got. */
  status: number;
  error: { class: FailureClass; code: string | undefined } | undefined;
  cancelled: boolean;
  /** Id of the request whose answer this one was given as well: the usage stands there alone. */
  sharedWith?: string;
}
