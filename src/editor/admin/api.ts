import type { KeyLimits, KeyRow, LimitChange } from '../../clients/key-keeper.ts';
import type { BudgetConfig } from '../../config/budgets.ts';
import type { ComboConfig, RouteConfig } from '../../config/combos.ts';
import type { PricesConfig } from '../../config/prices.ts';
import type { Capture } from '../../ledger/capture/capture.ts';
import type { GatewayEvent } from '../../ledger/events.ts';
import type { LedgerState, UsageRow } from '../../ledger/ledger.ts';
import type { RequestRecord } from '../../ledger/record.ts';
import type { LogKind, LogLine } from '../../log/log-line.ts';
import type { Tier } from '../../providers/provider.ts';
import type { BudgetEntry, HealthEntry, LimitEntry } from '../../routing/books.ts';
import type { Explained } from '../../routing/explain.ts';
import type { ModelView } from '../../routing/model-view.ts';
import type { QuotaView } from '../../routing/quota/view.ts';

export type {
  BudgetConfig,
  BudgetEntry,
  Capture,
  ComboConfig,
  Explained,
  GatewayEvent,
  HealthEntry,
  KeyLimits,
  KeyRow,
  LedgerState,
  LimitChange,
  LimitEntry,
  LogKind,
  LogLine,
  ModelView,
  PricesConfig,
  QuotaView,
  RequestRecord,
  RouteConfig,
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

export interface SettingsView {
  settings: Record<string, unknown>;
  /** `timeouts.connectMs` */
  restartNeeded: string[];
}

/** What `GET /admin/logs` takes. */
export interface LogQuery {
  kind: LogKind;
  limit?: number;
  /** The least urgent wanted. */
  level?: LogLine['level'];
  /** Part of the line, whatever its case. */
  search?: string;
  /** A duration back from now (`1h`), a day, an ISO time or milliseconds. */
  since?: string;
  until?: string;
  /** Id of a line: only older ones. */
  before?: string;
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

/** One exchange kept whole, as the list shows it: without prompts and answers. */
export interface CaptureSummary {
  /** That of the request. */
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  key: string;
  client: string;
  dialect: string;
  requested: string;
  target?: string | undefined;
  account?: string | undefined;
  status: number;
  totalMs: number;
  /** Class of the failure. */
  error?: string | undefined;
  /** How often a provider was asked. */
  sent: number;
}

/** What is kept of exchanges, and how long: `settings.ledger.capture`. `last` 0: nothing. */
export interface CaptureSettings {
  last: number;
  disk: boolean;
  keepHours: number;
}

/** How the gateway itself fares. In the editor it runs in a worker thread: heap and event loop are that thread's, `rss` the process's. */
export interface ProcessFacts {
  /** Milliseconds since the epoch. */
  startedAt: number;
  uptimeMs: number;
  /** Bytes. */
  memory: { rss: number; heapUsed: number; heapTotal: number; external: number };
  /** How late the event loop came to what was due, of the last minute at most. `null`: nothing measured yet (it is while somebody asks). */
  eventLoopDelayMs: { p50: number; p99: number; max: number } | null;
  /** Chat and relayed requests under way. */
  requestsRunning: number;
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
  /** With the limits in force and how the gateway itself fares (`undefined`: of an older gateway). */
  healthDetail(signal?: AbortSignal): Promise<{ health: HealthEntry[]; limits: LimitEntry[]; process: ProcessFacts | undefined }>;
  resetHealth(scope?: { account?: string; model?: string; provider?: string }): Promise<number>;
  /** What is spent of each budget; `about` says what it concerns. */
  budgets(signal?: AbortSignal): Promise<BudgetEntry[]>;
  /** The budgets as the config has them (those of combos are at the combos). */
  budgetList(signal?: AbortSignal): Promise<BudgetConfig[]>;
  /** Replaces all of them. */
  saveBudgets(budgets: readonly BudgetConfig[]): Promise<BudgetConfig[]>;
  /** `query` as in docs/admin-api.md: `{ by: 'account', since: '1d' }`. `outcome` and `search` count records kept singly alone. */
  usage(query: Record<string, string>, signal?: AbortSignal): Promise<UsageRow[]>;
  /** Newest last. Filters as in docs/admin-api.md: `limit`, `before`, `offset`, `outcome`, `search`, and those of `usage`. */
  requests(query: Record<string, string>, signal?: AbortSignal): Promise<RequestRecord[]>;
  /** The same, and how many pass the filters in all (whatever `limit`, `offset`, `before` say): the length of a virtual list. */
  requestPage(query: Record<string, string>, signal?: AbortSignal): Promise<{ requests: RequestRecord[]; count: number }>;
  /** `undefined` when it is not, or no longer, kept singly. */
  request(id: string, signal?: AbortSignal): Promise<RequestRecord | undefined>;
  /** How much the ledger holds. */
  ledger(signal?: AbortSignal): Promise<LedgerState>;
  /** Newest first. */
  captures(signal?: AbortSignal): Promise<{ settings: CaptureSettings; captures: CaptureSummary[] }>;
  /** One exchange with prompts and answers, without credentials; `id` is the request's. `undefined` when it is not, or no longer, kept. */
  capture(id: string, signal?: AbortSignal): Promise<Capture | undefined>;
  /** Forgets all of them. */
  clearCaptures(): Promise<void>;
  /** The end of a log, oldest first, at most `limit` (1000) lines; `more`: there are older ones. `before`: older than the line of this id. */
  logs(query: LogQuery, signal?: AbortSignal): Promise<{ entries: LogLine[]; more: boolean }>;
  /** Each line from now on; ends when the signal aborts or the gateway goes. `opened`: from here on, nothing is missed. */
  followLogs(kind: LogKind, signal: AbortSignal, opened?: () => void): AsyncIterable<LogLine>;
  explain(query: Record<string, string>, signal?: AbortSignal): Promise<Explained>;
  /** Other names, and what they stand for. */
  aliases(signal?: AbortSignal): Promise<Record<string, string>>;
  /** Adds or changes. */
  saveAlias(name: string, to: string): Promise<void>;
  removeAlias(name: string): Promise<void>;
  /** In the order in which they are tried. */
  routes(signal?: AbortSignal): Promise<RouteConfig[]>;
  /** Replaces all of them. */
  saveRoutes(routes: readonly RouteConfig[]): Promise<RouteConfig[]>;
  /** The user's own prices by pattern of `prefix/model`, in the order in which they are tried: the first that fits counts. */
  prices(signal?: AbortSignal): Promise<PricesConfig>;
  /** Replaces all of them; the order of the object's keys is kept. */
  savePrices(prices: PricesConfig): Promise<PricesConfig>;
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
  /** With the paths of settings that were changed and count from the gateway's next start on. */
  settingsWith(signal?: AbortSignal): Promise<SettingsView>;
  /** JSON Merge Patch; `null` gives a setting its default back. */
  editSettingsWith(patch: Record<string, unknown>): Promise<SettingsView>;
  /** What happens from now on; ends when the signal aborts or the gateway goes. `opened`: from here on, nothing is missed. */
  events(signal: AbortSignal, opened?: () => void): AsyncIterable<GatewayEvent>;
}
