import { addKey, limitKey, rotateKey } from '../accounts/gateway-keys.ts';
import { dropKeyBudgets } from '../accounts/manage.ts';
import type { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import type { KeyKeeper, KeyLimits, KeyRow, LimitChange } from './key-keeper.ts';

const GRACE_MS = 86_400_000;

/** The keys in `config.json`; a gateway that runs notices the change. */
export class ConfigKeys implements KeyKeeper {
  readonly #file: ConfigFile;
  readonly #now: () => number;

  constructor(file: ConfigFile, now: () => number) {
    this.#file = file;
    this.#now = now;
  }

  async list(): Promise<KeyRow[]> {
    const { keys } = await this.#file.load();
    return keys.map(({ previous, ...entry }) => ({ ...entry, previousUntil: previous?.until }));
  }

  async add(name: string, limits: KeyLimits): Promise<{ id: string; key: string }> {
    const { key, entry } = await this.#file.update((config) => addKey(config, name, limits, new Date(this.#now())));
    return { id: entry.id, key };
  }

  async rotate(id: string): Promise<string> {
    return (await this.#file.update((config) => rotateKey(config, id, GRACE_MS, new Date(this.#now())))).key;
  }

  async limit(id: string, change: LimitChange): Promise<void> {
    await this.#file.update((config) => limitKey(config, id, change));
  }

  async remove(id: string): Promise<number> {
    const { keys } = await this.#file.load();
    return keys.some((entry) => entry.id === id) ? await this.#file.update((config) => removed(config, id)) : 0;
  }
}

function removed(config: Config, id: string): number {
  const entry = config.keys.find((other) => other.id === id);
  config.keys = config.keys.filter((other) => other !== entry);
  return entry ? dropKeyBudgets(config, entry.name).length : 0;
}

/** What of the admin API keys need (docs/admin-api.md, "Gateway keys"). */
export interface KeyCalls {
  keys(): Promise<KeyRow[]>;
  addKey(name: string, limits: KeyLimits): Promise<{ key: string; entry: { id: string } }>;
  rotateKey(id: string): Promise<{ key: string }>;
  editKey(id: string, change: LimitChange): Promise<void>;
  /** Gives how many budgets went with it. */
  removeKey(id: string): Promise<number>;
}

/** The keys of a gateway that runs: what changes holds for its next request. */
export class AdminKeys implements KeyKeeper {
  readonly #calls: KeyCalls;

  constructor(calls: KeyCalls) {
    this.#calls = calls;
  }

  list(): Promise<KeyRow[]> {
    return this.#calls.keys();
  }

  async add(name: string, limits: KeyLimits): Promise<{ id: string; key: string }> {
    const { key, entry } = await this.#calls.addKey(name, limits);
    return { id: entry.id, key };
  }

  async rotate(id: string): Promise<string> {
    return (await this.#calls.rotateKey(id)).key;
  }

  limit(id: string, change: LimitChange): Promise<void> {
    return this.#calls.editKey(id, change);
  }

  async remove(id: string): Promise<number> {
    const isThere = (await this.#calls.keys()).some((entry) => entry.id === id);
    return isThere ? await this.#calls.removeKey(id) : 0;
  }
}
