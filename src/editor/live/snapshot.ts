import type { FailureClass } from '../../conversation/error.ts';
import type { Usage } from '../../conversation/usage.ts';
import type { AccountView, BudgetEntry, ComboConfig, HealthEntry, ModelView, QuotaView, UsageRow } from '../admin/api.ts';
import type { Event } from '../emitter.ts';
import type { LinkState } from '../link/link.ts';

/** One request as the editor shows it: under way, or over. Times in milliseconds since the epoch. */
export interface LiveRequest {
  id: string;
  startedAt: number;
  /** The tool that asked, and the name of its gateway key. */
  client: string;
  key: string;
  /** As asked for. */
  requested: string;
  /** The combo the name stood for; `null`: none; absent until the request is over. */
  combo?: string | null;
  state: 'running' | 'streaming' | 'done' | 'failed' | 'cancelled';
  /** `prefix/model` and account name of who answers, or was tried last. */
  target: string | undefined;
  account: string | undefined;
  attempts: { target: string; account: string; class?: FailureClass; status?: number; ms: number; startMs?: number }[];
  firstTokenMs: number | undefined;
  totalMs: number | undefined;
  status: number | undefined;
  usage: Usage | undefined;
  /** US dollars paid; `undefined` unknown. */
  usd: number | undefined;
  error: FailureClass | undefined;
  /** Answered, but not by the first that was asked, or would have been. */
  fallback: boolean;
}

/** Everything the views show, as of one moment. Lists are empty until the gateway was reached for the first time (`loaded`). */
export interface Snapshot {
  link: LinkState;
  loaded: boolean;
  /** Best priority first, disabled ones too; the built-in demo is among them (provider `demo`) when it is in use. */
  accounts: readonly AccountView[];
  combos: readonly ComboConfig[];
  quota: readonly QuotaView[];
  health: readonly HealthEntry[];
  budgets: readonly BudgetEntry[];
  models: readonly ModelView[];
  /** Sums of today (this machine's time zone), over everything and by account name; `undefined` until known. */
  today: UsageRow | undefined;
  todayByAccount: ReadonlyMap<string, UsageRow>;
  /** Newest first, at most 200. */
  requests: readonly LiveRequest[];
  /** The last request that was answered by a fall-back, as long as it is the newest that was answered. */
  fallback: { requested: string; target: string; account: string; at: number } | undefined;
}

export type Slice = keyof Snapshot;

/** The gateway's state, kept fresh by its events; the same in every window. */
export interface Live {
  readonly snapshot: Snapshot;
  /** Told what changed, at most some ten times a second. */
  readonly onDidChange: Event<ReadonlySet<Slice>>;
  /** Reads slices anew (all when none is named); resolves when they are there, also when the gateway cannot be reached. */
  refresh(...slices: Slice[]): Promise<void>;
  dispose(): void;
}
