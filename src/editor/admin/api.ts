import type { KeyLimits, KeyRow, LimitChange } from '../../clients/key-keeper.ts';
import type { ComboConfig } from '../../config/combos.ts';
import type { GatewayEvent } from '../../ledger/events.ts';
import type { UsageRow } from '../../ledger/ledger.ts';
import type { RequestRecord } from '../../ledger/record.ts';
import type { Tier } from '../../providers/provider.ts';
import type { BudgetEntry, HealthEntry } from '../../routing/books.ts';
import type { Explained } from '../../routing/explain.ts';
import type { ModelView } from '../../routing/model-view.ts';
import type { QuotaView } from '../../routing/quota/view.ts';

export type {
  BudgetEntry,
  ComboConfig,
  Explained,
  GatewayEvent,
  HealthEntry,
  KeyLimits,
  KeyRow,
  LimitChange,
  ModelView,
  QuotaView,
  RequestRecord,
  UsageRow,
};

/** An account as `GET /admin/accounts` shows it: never its key. */
export interface AccountView {
  id: string;
  /** Provider id. */
  provider: string;
  name: string;
  prefix?: string;
  tier?: Tier;
  priority: number;
  enabled: boolean;
  credential?: { kind: 'env'; name: string } | { kind: 'vault' };
  proxy: string | null;
  baseUrl?: string;
  parameters?: Record<string, string>;
  /** Names alone. */
  headers?: string[];
  limits?: { rpm?: number; tpm?: number; minGapMs?: number; maxConcurrent?: number };
  models?: { allow?: string[]; deny?: string[]; preferred?: string };
  headroom?: number;
  health: HealthEntry[];
}

/** What a test of an account found; docs/admin-api.md tells each form. */
export type TestResult =
  | { ok: true; ms: number; proof: 'models' | 'completion' | 'none'; models?: number; note?: string }
  | { ok: false; ms: number; refused: boolean; error: { message: string; code: string; class: string } };

/** What `POST /admin/accounts` takes: one of `key`, `env`, `noKey`. */
export interface NewAccount {
  provider: string;
  name?: string;
  key?: string;
  env?: string;
  noKey?: boolean;
  test?: boolean;
  /** Nothing is stored either when the provider could not be asked: AdminError `not_reached`. */
  mustReach?: boolean;
  model?: string;
  prefix?: string;
  priority?: number;
  baseUrl?: string;
  parameters?: Record<string, string>;
}

/** Something the gateway refused; `message` is for people, `code` and `param` as docs/admin-api.md lists them. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly status: number;
  readonly code: string | undefined;
  readonly param: string | undefined;

  constructor(status: number, message: string, code?: string, param?: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.param = param;
  }
}

/**
 * The admin API as the editor uses it, of whichever window owns the gateway. Each call waits for the gateway; rejects with AdminError
 * when the answer is not 2xx, with the signal's reason when aborted. Answers are checked: what an older or newer gateway leaves out
 * is absent, never wrong.
 */
export interface AdminApi {
  status(signal?: AbortSignal): Promise<{ version: string; pid: number }>;
  accounts(signal?: AbortSignal): Promise<AccountView[]>;
  addAccount(account: NewAccount, signal?: AbortSignal): Promise<{ account: AccountView; test?: TestResult; notice?: string }>;
  /** JSON Merge Patch; `null` takes a field away. */
  editAccount(id: string, patch: Record<string, unknown>): Promise<AccountView>;
  testAccount(id: string, model?: string, signal?: AbortSignal): Promise<TestResult>;
  setKey(
    id: string,
    key: { key: string } | { env: string },
    force?: boolean,
    signal?: AbortSignal,
  ): Promise<{ account: AccountView; test?: TestResult }>;
  removeAccount(id: string): Promise<void>;
  combos(signal?: AbortSignal): Promise<ComboConfig[]>;
  /** Adds or replaces. */
  saveCombo(name: string, combo: Omit<ComboConfig, 'name'> | { targets: string[]; strategy?: string }): Promise<ComboConfig>;
  renameCombo(name: string, to: string): Promise<ComboConfig>;
  removeCombo(name: string): Promise<void>;
  models(signal?: AbortSignal): Promise<ModelView[]>;
  quota(signal?: AbortSignal): Promise<QuotaView[]>;
  refreshQuota(account: string, signal?: AbortSignal): Promise<QuotaView[]>;
  health(signal?: AbortSignal): Promise<HealthEntry[]>;
  resetHealth(scope?: { account?: string; model?: string; provider?: string }): Promise<number>;
  budgets(signal?: AbortSignal): Promise<BudgetEntry[]>;
  /** `query` as in docs/admin-api.md: `{ by: 'account', since: '1d' }`. */
  usage(query: Record<string, string>, signal?: AbortSignal): Promise<UsageRow[]>;
  /** Newest last. */
  requests(query: Record<string, string>, signal?: AbortSignal): Promise<RequestRecord[]>;
  explain(query: Record<string, string>, signal?: AbortSignal): Promise<Explained>;
  /** The gateway's own keys; never the keys themselves. */
  keys(signal?: AbortSignal): Promise<KeyRow[]>;
  /** The key itself is shown this once. */
  addKey(name: string, limits: KeyLimits): Promise<{ key: string; entry: KeyRow }>;
  /** The old key is taken for a day more. */
  rotateKey(id: string): Promise<{ key: string; entry: KeyRow }>;
  editKey(id: string, change: LimitChange): Promise<void>;
  /** Gives how many budgets went with it. */
  removeKey(id: string): Promise<number>;
  settings(signal?: AbortSignal): Promise<Record<string, unknown>>;
  editSettings(patch: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** What happens from now on; ends when the signal aborts or the gateway goes. `opened`: from here on, nothing is missed. */
  events(signal: AbortSignal, opened?: () => void): AsyncIterable<GatewayEvent>;
}
