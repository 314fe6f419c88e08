import type { ClientDialectId } from '../../../src/conversation/dialect-id.ts';
import type { RequestRecord } from '../../../src/ledger/record.ts';
import type { HealthEntry } from '../../../src/routing/books.ts';
import type { Explained } from '../../../src/routing/explain.ts';
import { ask } from '../../sdk/ask.ts';
import { accountFor, configFor, gatewayWith, type RunningGateway } from '../../sdk/house.ts';
import type { Outcome } from '../../sdk/neutral.ts';
import { PROMPTS } from '../../sdk/prompts.ts';
import { type RawAsk, rawAsk } from '../../sdk/raw.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';

/** One account of a scene. */
export interface Member {
  /** Id, name and prefix of the account. */
  name: string;
  dialect: ClientDialectId;
  /** Another member whose provider it shares; without it has one of its own. */
  at?: string;
  /** More of its configuration. */
  config?: Record<string, unknown>;
}

/** A gateway whose accounts each have a provider of their own, so that what each of them was asked can be counted. */
export interface Scene {
  gateway: RunningGateway;
  /** The provider of a member. */
  at(name: string): ScriptedProvider;
  /** Requests each provider has got, by the member that brought it; those without any are left out. */
  counts(): Record<string, number>;
  ask(dialect: ClientDialectId, model: string, stream: boolean): Promise<Outcome>;
  raw(dialect: ClientDialectId, how: Omit<RawAsk, 'target'>): Promise<Response>;
  /** As `GET /admin/requests` gives them, oldest first. */
  records(): Promise<RequestRecord[]>;
  lastRecord(): RequestRecord;
  /** As `GET /admin/health` gives it. */
  health(): Promise<HealthEntry[]>;
  explain(model: string): Promise<Explained>;
  admin(path: string, init?: RequestInit): Promise<unknown>;
  /** Between two cases: nothing is cooling, nothing is scripted, nothing was asked. */
  afresh(): Promise<void>;
  close(): Promise<void>;
}

export interface SceneOptions {
  combos?: Record<string, unknown>[];
  settings?: Record<string, unknown>;
  config?: Record<string, unknown>;
}

/** Starts the providers and the gateway. Without retries and with a patient breaker, unless `settings` says otherwise. */
export async function sceneWith(
  members: readonly Member[],
  { combos = [], settings = {}, config = {} }: SceneOptions = {},
): Promise<Scene> {
  const providers = await providersOf(members);
  const accounts = members.map((member) => accountOf(member, providerOf(providers, member).url));
  const calm = { health: { breakerFailures: 1000 }, ...settings };
  const gateway = await gatewayWith({ ...configFor(accounts, calm), combos, ...config });
  return new TestScene(gateway, providers, members);
}

/** The account a member stands for. */
export function accountOf({ name, dialect, config }: Member, providerUrl: string): Record<string, unknown> {
  return { ...accountFor(dialect, providerUrl), id: name, name, prefix: name, ...config };
}

export type Providers = ReadonlyMap<string, ScriptedProvider>;

export async function providersOf(members: readonly Member[]): Promise<Providers> {
  const own = members.filter(({ at }) => at === undefined);
  return new Map(await Promise.all(own.map(async ({ name }) => [name, await scriptedProvider()] as const)));
}

export function providerOf(providers: Providers, { name, at }: Pick<Member, 'name' | 'at'>): ScriptedProvider {
  const provider = providers.get(at ?? name);
  if (!provider) throw new Error(`"${at ?? name}" has no provider`);
  return provider;
}

/** Requests each provider has got. */
export function countsOf(providers: Providers): Record<string, number> {
  return Object.fromEntries([...providers].flatMap(([name, { seen }]) => (seen.length > 0 ? [[name, seen.length]] : [])));
}

class TestScene implements Scene {
  readonly gateway: RunningGateway;
  readonly #providers: Providers;
  readonly #members: readonly Member[];

  constructor(gateway: RunningGateway, providers: Providers, members: readonly Member[]) {
    this.gateway = gateway;
    this.#providers = providers;
    this.#members = members;
  }

  at(name: string): ScriptedProvider {
    return providerOf(this.#providers, this.#members.find((member) => member.name === name) ?? { name });
  }

  counts(): Record<string, number> {
    return countsOf(this.#providers);
  }

  ask(dialect: ClientDialectId, model: string, stream: boolean): Promise<Outcome> {
    return ask(dialect, { target: this.gateway, model, stream, body: PROMPTS[dialect] });
  }

  raw(dialect: ClientDialectId, how: Omit<RawAsk, 'target'>): Promise<Response> {
    return rawAsk(dialect, { target: this.gateway, ...how });
  }

  async records(): Promise<RequestRecord[]> {
    return ((await this.admin('/requests?limit=1000')) as { requests: RequestRecord[] }).requests;
  }

  lastRecord(): RequestRecord {
    const record = this.gateway.lastRecord();
    if (!record) throw new Error('nothing was asked yet');
    return record;
  }

  async health(): Promise<HealthEntry[]> {
    return ((await this.admin('/health')) as { health: HealthEntry[] }).health;
  }

  async explain(model: string): Promise<Explained> {
    return (await this.admin(`/explain?model=${encodeURIComponent(model)}`)) as Explained;
  }

  async admin(path: string, init: RequestInit = {}): Promise<unknown> {
    const headers = { 'x-api-key': this.gateway.key, 'content-type': 'application/json' };
    const response = await fetch(`${this.gateway.url}/admin${path}`, { headers, ...init });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(body)}`);
    return body;
  }

  async afresh(): Promise<void> {
    await this.gateway.resetHealth();
    for (const provider of this.#providers.values()) provider.reset();
  }

  async close(): Promise<void> {
    await this.gateway.close();
    await Promise.all([...this.#providers.values()].map((provider) => provider.close()));
  }
}
