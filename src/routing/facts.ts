import type { Account } from '../accounts/account.ts';
import type { ComboConfig, RouteConfig } from '../config/schema.ts';
import type { ModelInfo } from '../providers/provider.ts';
import type { Block } from './block.ts';
import type { Target } from './target.ts';

/** What names can be resolved against. */
export interface Directory {
  /** Enabled accounts, best priority first. */
  accounts: readonly Account[];
  combos: readonly ComboConfig[];
  aliases: Readonly<Record<string, string>>;
  routes: readonly RouteConfig[];
  /** Models known of an account: live list or seed, with the account's custom models; allow and deny not yet applied. */
  modelsOf(account: Account): readonly ModelInfo[];
}

/** What a request asks of a model. */
export interface Needs {
  tools: boolean;
  vision: boolean;
  /** Tokens of the input, estimated. */
  inputTokens: number;
  /** Limit of the output, where the client set one. */
  outputTokens?: number;
}

/** US dollars a million tokens. */
export interface Price {
  input: number;
  output: number;
}

/** Who asks, as far as the order of targets depends on it. */
export interface Asker {
  /** Name of the gateway key. */
  key: string;
  /** Identifies the conversation; absent when affinity is off. */
  session?: string;
  /** The conversation begins with this request: it has no home yet, whatever began alike. */
  opening?: boolean;
}

/**
 * What is known right now, read by `plan` and never changed by it. The live one is `Router`; tests and `explain` give their own.
 * Each answer must be quick: it is asked for every candidate of every request.
 */
export interface Facts {
  /** Milliseconds since the epoch. */
  now: number;
  /** 0 ≤ x < 1. */
  random(): number;
  /** Health, budget, headroom: why this target may not be asked now. `combo` is the outermost combo asked for, for its budgets. */
  blocked(target: Target, combo: ComboConfig | undefined): Block | undefined;
  /** Requests under way at the account, waiting ones included. */
  running(account: Account): number;
  /** Milliseconds a request would wait for its turn at the account; 0 when it could start at once. */
  wait(target: Target): number;
  /** Requests sent to the target in the last hour. */
  used(target: Target): number;
  /** EWMA of the time to the first token in milliseconds; `undefined` when not measured lately. */
  latency(target: Target): number | undefined;
  /** `undefined` when not known. Accounts whose tier is subscription, free or local cost nothing. */
  price(target: Target): Price | undefined;
  /** The same object as long as no price is another: what is worked out from prices is kept under it. Absent: they are asked anew each time. */
  priceList?: object;
  /** How often the strategy of this group (a combo's name, or a model's name for its accounts) has begun: the position of round-robin. */
  turn(group: string): number;
  /** The target this conversation is at home at under this name. */
  home(name: string, session: string): { account: string; model: string } | undefined;
}
