import type { Account } from '../accounts/account.ts';
import type { ComboConfig } from '../config/schema.ts';
import type { GatewayError } from '../conversation/error.ts';
import type { Usage } from '../conversation/usage.ts';
import type { Block } from './block.ts';
import type { Target } from './target.ts';

/**
 * What routing remembers between requests. Each book keeps one thing, is told by `run` what happened, and is read by `plan`
 * through `Facts`. Books do no I/O: those that outlive a restart give and take JSON, which `StateFile` keeps.
 */
export interface Persistent {
  /** Everything worth keeping, as plain JSON. Never a credential. */
  toJSON(): unknown;
  /** Takes back what `toJSON` gave in an earlier life, checked with zod; what does not fit, or is over, is left out without a word. */
  restore(saved: unknown): void;
}

/** Cool-downs of accounts, lockouts of account × model, breakers of providers. */
export interface HealthBook extends Persistent {
  /** Why this target may not be asked now. Pure: takes no probe. */
  blocked(target: Target): Block | undefined;
  /**
   * Asked right before an attempt: false when the target is blocked by now. A half-open breaker lets one attempt through as its probe
   * and refuses the others until that one is told of. `lastResort`: nobody else is left, so an open breaker (and it alone) lets one
   * attempt at a time through early.
   */
  admit(target: Target, lastResort: boolean): boolean;
  /** The target answered: its first real content is there. Ends back-off, lockout, breaker. */
  succeeded(target: Target, firstTokenMs: number): void;
  /** An attempt failed, before or after the answer began. Every admitted attempt is told of with exactly one of succeeded, failed (after success possible once more), abandoned. */
  failed(target: Target, error: GatewayError): void;
  /** The attempt was given up by the client, or never sent: says nothing about the target. */
  abandoned(target: Target): void;
  /** The account's credential works (a model list or test with it succeeded, begun at `since`), or is a new one. A later refusal stays. */
  signedIn(accountId: string, since?: number): void;
  /** The account's credential was refused, and nothing has shown since that it works. */
  needsSignIn(accountId: string): boolean;
  /** EWMA of the time to the first token in milliseconds; `undefined` when not measured lately. */
  latency(target: Target): number | undefined;
  /** Everything that is not well, for people and the admin API. */
  list(): HealthEntry[];
  /** Forgets what is noted: of everything, one account, one account's model, or one provider. Gives the number of entries. */
  reset(scope?: { account?: string; model?: string; provider?: string }): number;
}

export interface HealthEntry {
  scope: 'account' | 'model' | 'provider';
  /** Account id, or the breaker's name: provider id, for custom nodes with the host. */
  id: string;
  model?: string;
  block?: Block;
  /** Of a breaker. */
  state?: 'closed' | 'open' | 'half-open';
  /** Failures in a row. */
  failures: number;
}

/** A request's turn at an account. */
export interface Permit {
  /** Gives the turn back, with the tokens really used where they are known. Safe to call twice. */
  release(usage?: Usage): void;
}

/** Requests and tokens a minute, gaps and concurrency of each account; its queue; what rate-limit headers tell. */
export interface LimitBook {
  /**
   * Waits for the account's turn, in order of arrival but fair among `key`s. Throws a GatewayError (class `rate`, code `account_busy`,
   * `retryAfterMs` where known) when the turn cannot come within `waitMs` or the queue is full, and the signal's reason when it aborts.
   */
  acquire(account: Account, ask: { key: string; tokens: number; waitMs: number; signal: AbortSignal; model?: string }): Promise<Permit>;
  /** An attempt at the target begins: counts for `used`. */
  started(target: Target): void;
  /** Learns limits and what is left of them from an answer's headers, of success and failure alike; with `model`, for it alone: most vendors count each model apart. */
  learn(account: Account, headers: Record<string, string | string[] | undefined>, model?: string): void;
  /** Milliseconds a request would wait now; 0 when it could start. */
  wait(account: Account, model?: string): number;
  /** Under way and waiting. */
  running(account: Account): number;
  /** The window whose rest is the user's reserve (`headroom`), or which is known to be used up. */
  blocked(account: Account, model?: string): Block | undefined;
  /** Requests started at the target in the last hour. */
  used(target: Target): number;
  list(): LimitEntry[];
}

/** What is left of accounts' quotas, as providers tell it. */
export interface QuotaWatch {
  learn(account: Account, headers: Record<string, string | string[] | undefined>, model?: string): void;
  blocked(account: Account, model?: string): Block | undefined;
  /** The provider said that nothing is left. */
  refused(account: Account): void;
  /** Has the quota read when that is due, behind the request's back. Never rejects. */
  refresh(account: Account, force?: boolean): Promise<void>;
}

export interface LimitEntry {
  account: string;
  running: number;
  waiting: number;
  /** In force now: the user's, else learned. */
  rpm?: number;
  tpm?: number;
  minGapMs?: number;
  maxConcurrent?: number;
  /** Windows as the provider's headers told them. */
  windows: { window: string; per?: string; limit?: number; remaining?: number; resetsAt?: number; at: number }[];
}

/** Where conversations are at home. */
export interface AffinityBook {
  home(name: string, session: string): { account: string; model: string } | undefined;
  /** The target answered this conversation. */
  bind(name: string, session: string, target: Target): void;
}

/** What was spent, against what may be. */
export interface BudgetBook extends Persistent {
  /** The hard budget that forbids this, for one asker. */
  blocked(target: Target, asker: { key: string }, combo: ComboConfig | undefined): Block | undefined;
  /** A request goes to this target; counts it, and gives the function that is told what it took. */
  spend(target: Target, asker: { key: string }, combo: ComboConfig | undefined): (usage: Usage | undefined) => void;
  /** Budgets beyond their warning mark that concern this request, as sentences. */
  warnings(target: Target, asker: { key: string }, combo: ComboConfig | undefined): string[];
  list(): BudgetEntry[];
}

/** What a budget concerns: all that is named must fit. */
export interface BudgetScope {
  /** Name of a gateway key. */
  key?: string;
  /** Id or name of an account. */
  account?: string;
  provider?: string;
  tier?: string;
  /** The combo that has it. */
  combo?: string;
}

export interface BudgetEntry {
  /** As the config says it: `tier api-key, day`. */
  name: string;
  /** What it concerns, as the config says it; empty: everything. Absent of older gateways. */
  about?: BudgetScope;
  period: 'day' | 'month';
  mode: 'hard' | 'soft';
  /** Milliseconds since the epoch. */
  resetsAt: number;
  amounts: { unit: 'usd' | 'tokens' | 'requests'; limit: number; used: number }[];
  state: 'ok' | 'warning' | 'reached';
  /** Requests whose cost is not known, and which a limit on money therefore does not count. */
  unpriced?: number;
}
