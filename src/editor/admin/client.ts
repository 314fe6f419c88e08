import * as l10n from '@vscode/l10n';
import type { ZodType } from 'zod';
import type { Link, LinkRequest } from '../link/link.ts';
import { failureOf, jsonOf, orAbsent } from './answer-of.ts';
import type { Answers } from './answers.ts';
import {
  type AccountView,
  type AdminApi,
  AdminError,
  type BudgetConfig,
  type BudgetEntry,
  type Capture,
  type CaptureSettings,
  type CaptureSummary,
  type ComboConfig,
  type Explained,
  type GatewayEvent,
  type HealthEntry,
  type KeyLimits,
  type KeyRow,
  type LedgerState,
  type LimitChange,
  type LimitEntry,
  type LogKind,
  type LogLine,
  type LogQuery,
  type ModelView,
  type NewAccount,
  type PricesConfig,
  type ProcessFacts,
  type QuotaView,
  type RequestRecord,
  type RouteConfig,
  type SettingsView,
  type TestResult,
  type UsageRow,
} from './api.ts';

type Tested = { account: AccountView; test?: TestResult; notice?: string };

/**
 * The admin API over a link. The checks of the answers weigh some 40 ms to load, so they are loaded with the first answer, not with
 * the editor.
 */
export class AdminClient implements AdminApi {
  readonly #link: Pick<Link, 'request'>;

  constructor(link: Pick<Link, 'request'>) {
    this.#link = link;
  }

  status(signal?: AbortSignal): Promise<{ version: string; pid: number }> {
    return this.#get('/status', (answers) => answers.status, signal);
  }

  async accounts(signal?: AbortSignal): Promise<AccountView[]> {
    return (await this.#get('/accounts', (answers) => answers.accounts, signal)).accounts;
  }

  addAccount(account: NewAccount, signal?: AbortSignal): Promise<Tested> {
    return this.#ask('/accounts', (answers) => answers.account, { method: 'POST', body: account, signal });
  }

  async editAccount(id: string, patch: Record<string, unknown>): Promise<AccountView> {
    return (await this.#ask(`/accounts/${part(id)}`, (answers) => answers.account, { method: 'PATCH', body: patch })).account;
  }

  async testAccount(id: string, model?: string, signal?: AbortSignal): Promise<TestResult> {
    const body = model === undefined ? {} : { model };
    return (await this.#ask(`/accounts/${part(id)}/test`, (answers) => answers.test, { method: 'POST', body, signal })).test;
  }

  setKey(id: string, key: { key: string } | { env: string }, force = false, signal?: AbortSignal): Promise<Tested> {
    const body = force ? { ...key, force } : key;
    return this.#ask(`/accounts/${part(id)}/key`, (answers) => answers.account, { method: 'POST', body, signal });
  }

  removeAccount(id: string): Promise<void> {
    return this.#remove(`/accounts/${part(id)}`);
  }

  async combos(signal?: AbortSignal): Promise<ComboConfig[]> {
    return (await this.#get('/combos', (answers) => answers.combos, signal)).combos;
  }

  async saveCombo(name: string, combo: Omit<ComboConfig, 'name'> | { targets: string[]; strategy?: string }): Promise<ComboConfig> {
    return (await this.#ask(`/combos/${part(name)}`, (answers) => answers.combo, { method: 'PUT', body: combo })).combo;
  }

  async renameCombo(name: string, to: string): Promise<ComboConfig> {
    return (await this.#ask(`/combos/${part(name)}/rename`, (answers) => answers.combo, { method: 'POST', body: { to } })).combo;
  }

  removeCombo(name: string): Promise<void> {
    return this.#remove(`/combos/${part(name)}`);
  }

  async models(signal?: AbortSignal): Promise<ModelView[]> {
    return (await this.#get('/models', (answers) => answers.models, signal)).models;
  }

  async quota(signal?: AbortSignal): Promise<QuotaView[]> {
    return (await this.#get('/quota', (answers) => answers.quota, signal)).accounts;
  }

  async refreshQuota(account: string, signal?: AbortSignal): Promise<QuotaView[]> {
    return (await this.#ask(`/quota/${part(account)}/refresh`, (answers) => answers.quota, { method: 'POST', signal })).accounts;
  }

  async health(signal?: AbortSignal): Promise<HealthEntry[]> {
    return (await this.#get('/health', (answers) => answers.health, signal)).health;
  }

  healthDetail(signal?: AbortSignal): Promise<{ health: HealthEntry[]; limits: LimitEntry[]; process: ProcessFacts | undefined }> {
    return this.#get('/health', (answers) => answers.healthDetail, signal);
  }

  async resetHealth(scope: { account?: string; model?: string; provider?: string } = {}): Promise<number> {
    return (await this.#ask('/health/reset', (answers) => answers.reset, { method: 'POST', body: scope })).reset;
  }

  async budgets(signal?: AbortSignal): Promise<BudgetEntry[]> {
    return (await this.#get('/budgets/state', (answers) => answers.budgets, signal)).budgets;
  }

  async budgetList(signal?: AbortSignal): Promise<BudgetConfig[]> {
    return (await this.#get('/budgets', (answers) => answers.budgetList, signal)).budgets;
  }

  async saveBudgets(budgets: readonly BudgetConfig[]): Promise<BudgetConfig[]> {
    return (await this.#ask('/budgets', (answers) => answers.budgetList, { method: 'PUT', body: { budgets } })).budgets;
  }

  async usage(query: Record<string, string>, signal?: AbortSignal): Promise<UsageRow[]> {
    return (await this.#get(`/usage${asked(query)}`, (answers) => answers.usage, signal)).rows;
  }

  async requests(query: Record<string, string>, signal?: AbortSignal): Promise<RequestRecord[]> {
    return (await this.#get(`/requests${asked(query)}`, (answers) => answers.requests, signal)).requests;
  }

  requestPage(query: Record<string, string>, signal?: AbortSignal): Promise<{ requests: RequestRecord[]; count: number }> {
    return this.#get(`/requests${asked({ ...query, count: '1' })}`, (answers) => answers.requestPage, signal);
  }

  async request(id: string, signal?: AbortSignal): Promise<RequestRecord | undefined> {
    return (await orAbsent(this.#get(`/requests/${part(id)}`, (answers) => answers.request, signal)))?.request;
  }

  ledger(signal?: AbortSignal): Promise<LedgerState> {
    return this.#get('/ledger', (answers) => answers.ledger, signal);
  }

  captures(signal?: AbortSignal): Promise<{ settings: CaptureSettings; captures: CaptureSummary[] }> {
    return this.#get('/captures', (answers) => answers.captures, signal);
  }

  async capture(id: string, signal?: AbortSignal): Promise<Capture | undefined> {
    return (await orAbsent(this.#get(`/captures/${part(id)}`, (answers) => answers.capture, signal)))?.capture;
  }

  clearCaptures(): Promise<void> {
    return this.#remove('/captures');
  }

  logs(query: LogQuery, signal?: AbortSignal): Promise<{ entries: LogLine[]; more: boolean }> {
    const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
    return this.#get(`/logs${asked(Object.fromEntries(given))}`, (answers) => answers.logs, signal);
  }

  followLogs(kind: LogKind, signal: AbortSignal, opened?: () => void): AsyncGenerator<LogLine> {
    return this.#stream(`/logs/follow${asked({ kind })}`, signal, opened, async (body) =>
      (await import('./log-stream.ts')).logLinesOf(body),
    );
  }

  explain(query: Record<string, string>, signal?: AbortSignal): Promise<Explained> {
    return this.#get(`/explain${asked(query)}`, (answers) => answers.explained, signal);
  }

  async keys(signal?: AbortSignal): Promise<KeyRow[]> {
    return (await this.#get('/keys', (answers) => answers.keys, signal)).keys;
  }

  addKey(name: string, limits: KeyLimits): Promise<{ key: string; entry: KeyRow }> {
    return this.#ask('/keys', (answers) => answers.madeKey, { method: 'POST', body: { name, ...limits } });
  }

  rotateKey(id: string): Promise<{ key: string; entry: KeyRow }> {
    return this.#ask(`/keys/${part(id)}/rotate`, (answers) => answers.madeKey, { method: 'POST', body: {} });
  }

  async editKey(id: string, change: LimitChange): Promise<void> {
    await this.#ask(`/keys/${part(id)}`, (answers) => answers.nothing, { method: 'PATCH', body: change });
  }

  async removeKey(id: string): Promise<number> {
    const { removedBudgets } = await this.#ask(`/keys/${part(id)}`, (answers) => answers.removedKey, { method: 'DELETE' });
    return removedBudgets.length;
  }

  async aliases(signal?: AbortSignal): Promise<Record<string, string>> {
    return (await this.#get('/aliases', (answers) => answers.aliases, signal)).aliases;
  }

  async saveAlias(name: string, to: string): Promise<void> {
    await this.#ask(`/aliases/${part(name)}`, (answers) => answers.nothing, { method: 'PUT', body: { to } });
  }

  removeAlias(name: string): Promise<void> {
    return this.#remove(`/aliases/${part(name)}`);
  }

  async routes(signal?: AbortSignal): Promise<RouteConfig[]> {
    return (await this.#get('/routes', (answers) => answers.routes, signal)).routes;
  }

  async saveRoutes(routes: readonly RouteConfig[]): Promise<RouteConfig[]> {
    return (await this.#ask('/routes', (answers) => answers.routes, { method: 'PUT', body: { routes } })).routes;
  }

  async prices(signal?: AbortSignal): Promise<PricesConfig> {
    return (await this.#get('/prices', (answers) => answers.prices, signal)).prices;
  }

  async savePrices(prices: PricesConfig): Promise<PricesConfig> {
    return (await this.#ask('/prices', (answers) => answers.prices, { method: 'PUT', body: { prices } })).prices;
  }

  async settings(signal?: AbortSignal): Promise<Record<string, unknown>> {
    return (await this.#get('/settings', (answers) => answers.settings, signal)).settings;
  }

  async editSettings(patch: Record<string, unknown>): Promise<Record<string, unknown>> {
    return (await this.#ask('/settings', (answers) => answers.settings, { method: 'PATCH', body: patch })).settings;
  }

  settingsWith(signal?: AbortSignal): Promise<SettingsView> {
    return this.#get('/settings', (answers) => answers.settingsWith, signal);
  }

  editSettingsWith(patch: Record<string, unknown>): Promise<SettingsView> {
    return this.#ask('/settings', (answers) => answers.settingsWith, { method: 'PATCH', body: patch });
  }

  events(signal: AbortSignal, opened?: () => void): AsyncGenerator<GatewayEvent> {
    return this.#stream('/events', signal, opened, async (body) => (await import('./event-stream.ts')).eventsOf(body));
  }

  async *#stream<T>(
    path: string,
    signal: AbortSignal,
    opened: (() => void) | undefined,
    read: (body: ReadableStream<Uint8Array>) => Promise<AsyncIterable<T>>,
  ): AsyncGenerator<T> {
    try {
      const { body } = await this.#send(path, { headers: { accept: 'text/event-stream' }, signal });
      const told = body && (await read(body));
      opened?.();
      if (told) yield* told;
    } catch (error) {
      // The gateway went away, or the listener did: for those who listen, the events are over.
      if (error instanceof AdminError) throw error;
    }
  }

  #get<T>(path: string, shape: (answers: Answers) => ZodType<T>, signal?: AbortSignal): Promise<T> {
    return this.#ask(path, shape, signal ? { signal } : {});
  }

  async #remove(path: string): Promise<void> {
    await this.#ask(path, (answers) => answers.nothing, { method: 'DELETE' });
  }

  async #ask<T>(path: string, shape: (answers: Answers) => ZodType<T>, request: LinkRequest): Promise<T> {
    const response = await this.#send(path, request);
    const [body, { answers }] = await Promise.all([jsonOf(response), import('./answers.ts')]);
    const read = shape(answers).safeParse(body);
    if (read.success) return read.data;
    const [route] = path.split('?');
    throw new AdminError(response.status, l10n.t('The gateway’s answer to {0} is of a kind this version does not know.', `/admin${route}`));
  }

  /** Resolves with 2xx alone. */
  async #send(path: string, request: LinkRequest): Promise<Response> {
    const { signal } = request;
    try {
      signal?.throwIfAborted();
      const response = await this.#link.request(`/admin${path}`, request);
      if (response.ok) return response;
      throw await failureOf(response);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  }
}

/** Ids and names may hold slashes. */
const part = encodeURIComponent;

function asked(query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}
