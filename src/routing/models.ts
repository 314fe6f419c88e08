import { isDeepStrictEqual } from 'node:util';
import { type Account, type Credentials, mayUse } from '../accounts/account.ts';
import type { AccountConfig } from '../config/schema.ts';
import { parseJson } from '../conversation/json.ts';
import { endpointsOf, modelsUrl, parseModelList } from '../providers/endpoint.ts';
import type { ModelInfo } from '../providers/provider.ts';
import type { Upstream } from '../upstream/http.ts';
import { readText } from '../upstream/read-text.ts';
import { callAccount } from './call-account.ts';

type CustomModel = NonNullable<NonNullable<AccountConfig['models']>['custom']>[number];

/** A model as it can be asked for. */
export interface ListedModel {
  /** `prefix/model`. */
  name: string;
  account: Account;
  /** All that have it, best priority first. */
  accounts: Account[];
  info: ModelInfo;
}

/** An account with its list, which is another object when it was read anew. */
interface Source {
  account: Account;
  models: ModelInfo[];
}

interface Entry {
  models: ModelInfo[] | undefined;
  at: number;
  /** When the fetch under way began. */
  since: number;
  pending: Promise<void> | undefined;
  /** The list joined with the account's custom models. */
  joined?: { listed: ModelInfo[]; custom: CustomModel[]; models: ModelInfo[] };
}

const FRESH_MS = 60 * 60_000;
const RETRY_MS = 60_000;
/** The key was refused: the list is read again this soon, since it shows when the key works again. */
const DOUBTED_MS = 2 * 60_000;
const FETCH_MS = 10_000;

/** Whether accounts' credentials are taken: a list that needs the key proves it. */
export interface SignIn {
  needed(accountId: string): boolean;
  /** The credential was taken by a call that began at `since` (milliseconds since the epoch). */
  proven(accountId: string, since: number): void;
}

const UNWATCHED: SignIn = { needed: () => false, proven: () => {} };

/**
 * The models of each account: the provider's live list, kept for an hour and renewed in the background; the seed of the catalogue
 * until it is there. A provider that is silent or slow holds nobody up.
 */
export class ModelBook {
  readonly #upstream: Upstream;
  readonly #credentials: Credentials;
  readonly #now: () => number;
  readonly #signIn: SignIn;
  readonly #changed: (accountId: string) => void;
  readonly #entries = new Map<string, Entry>();
  /** The last answer of `list`: editors and tools ask again and again. */
  #joined: { sources: Source[]; models: ListedModel[] } | undefined;

  /** `changed`: an account's models are others than a moment ago. */
  constructor(
    upstream: Upstream,
    credentials: Credentials,
    now: () => number,
    signIn: SignIn = UNWATCHED,
    changed: (accountId: string) => void = () => {},
  ) {
    this.#changed = changed;
    this.#upstream = upstream;
    this.#credentials = credentials;
    this.#now = now;
    this.#signIn = signIn;
  }

  /** What is known of an account's models right now; starts a renewal when it is due. */
  modelsOf(account: Account): ModelInfo[] {
    const entry = this.#entry(account);
    const age = this.#now() - entry.at;
    if (!entry.pending && age > this.#keptMs(account, entry)) {
      entry.since = this.#now();
      entry.pending = this.#renew(account, entry);
    }
    return this.#withCustom(account, entry);
  }

  /** Every model of these accounts, after waiting at most `waitMs` for lists that were never read. Names are unique: the first account wins. */
  async list(accounts: readonly Account[], waitMs: number): Promise<readonly ListedModel[]> {
    for (const account of accounts) this.modelsOf(account);
    await this.#settle(accounts, waitMs);
    const sources = accounts.map((account) => ({ account, models: this.modelsOf(account) }));
    if (!this.#joined || !sameSources(this.#joined.sources, sources)) this.#joined = { sources, models: joined(sources) };
    return this.#joined.models;
  }

  /** Forgets the lists: of one account that changed, or all. */
  clear(accountId?: string): void {
    if (accountId === undefined) this.#entries.clear();
    else this.#entries.delete(accountId);
  }

  /** The list with the models the user added himself; joined once per list and account. */
  #withCustom(account: Account, entry: Entry): ModelInfo[] {
    const listed = entry.models ?? account.provider.models.seed;
    const custom = account.config.models?.custom;
    if (!custom?.length) return listed;
    if (entry.joined?.listed !== listed || entry.joined.custom !== custom) {
      entry.joined = { listed, custom, models: withCustomModels(listed, custom) };
    }
    return entry.joined.models;
  }

  async #settle(accounts: readonly Account[], waitMs: number): Promise<void> {
    const waiting = accounts.flatMap((account) => {
      const entry = this.#entry(account);
      // A silent provider is waited for once, not by every caller anew.
      return entry.pending && !entry.models && this.#now() - entry.since < waitMs ? [entry.pending] : [];
    });
    if (waiting.length === 0 || waitMs === 0) return;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, waitMs);
    });
    await Promise.race([Promise.all(waiting), patience]);
    clearTimeout(timer);
  }

  #keptMs(account: Account, entry: Entry): number {
    if (!entry.models) return RETRY_MS;
    return this.#signIn.needed(account.config.id) ? DOUBTED_MS : FRESH_MS;
  }

  #entry(account: Account): Entry {
    let entry = this.#entries.get(account.config.id);
    if (!entry) {
      entry = { models: undefined, at: Number.NEGATIVE_INFINITY, since: 0, pending: undefined };
      this.#entries.set(account.config.id, entry);
    }
    return entry;
  }

  async #renew(account: Account, entry: Entry): Promise<void> {
    try {
      const models = await this.#fetch(account);
      if (models && models.length > 0) this.#keep(account, entry, withSeedFacts(models, account.provider.models.seed));
      if (models && account.provider.models.needsKey !== false) this.#signIn.proven(account.config.id, entry.since);
    } catch {
      // The seed, or the last list, stays; the next look tries again.
    }
    entry.at = this.#now();
    entry.pending = undefined;
  }

  #keep(account: Account, entry: Entry, models: ModelInfo[]): void {
    const before = entry.models ?? account.provider.models.seed;
    entry.models = models;
    if (!isDeepStrictEqual(before, models)) this.#changed(account.config.id);
  }

  async #fetch(account: Account): Promise<ModelInfo[] | undefined> {
    const { provider, config } = account;
    const url = modelsUrl(provider, config);
    const first = endpointsOf(provider, config)[0];
    if (!url || !first) return undefined;
    const from = { upstream: this.#upstream, credentials: this.#credentials };
    const { response } = await callAccount(from, { account, ...first }, { method: 'GET', url, signal: AbortSignal.timeout(FETCH_MS) });
    const body = parseJson(await readText(response.body));
    return response.status === 200 && body !== undefined ? parseModelList(provider.models.shape, body) : undefined;
  }
}

function sameSources(a: readonly Source[], b: readonly Source[]): boolean {
  return a.length === b.length && a.every(({ account, models }, at) => account === b[at]?.account && models === b[at].models);
}

function joined(sources: readonly Source[]): ListedModel[] {
  const listed = new Map<string, ListedModel>();
  for (const { account, models } of sources) {
    for (const info of models) {
      const name = `${account.prefix}/${info.id}`;
      if (!mayUse(account, info.id)) continue;
      const known = listed.get(name);
      if (!known) listed.set(name, { name, account, accounts: [account], info });
      else if (known.accounts.at(-1) !== account) known.accounts.push(account);
    }
  }
  return [...listed.values()];
}

/** Lists tell ids and little else; what the catalogue knows of a model is kept. */
function withSeedFacts(models: ModelInfo[], seed: readonly ModelInfo[]): ModelInfo[] {
  const known = new Map(seed.map((info) => [info.id, info]));
  return models.map((info) => ({ ...known.get(info.id), ...info }));
}

/** What the user says of a model wins over the list, which may not know it at all. */
export function withCustomModels(listed: readonly ModelInfo[], custom: readonly CustomModel[]): ModelInfo[] {
  const known = new Map(listed.map((info) => [info.id, info]));
  for (const { id, ...said } of custom) {
    const told = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    known.set(id, { ...known.get(id), ...told, id });
  }
  return [...known.values()];
}
