import type { Vault } from '../accounts/vault.ts';
import type { AppliedSetup } from './setup-contract.ts';

/** What a tool's key may do; absent: everything but administration. */
export interface KeyLimits {
  /** Patterns of model names. */
  models?: string[] | undefined;
  /** Requests a minute. */
  rpm?: number | undefined;
}

/** A change of limits: `null` takes one away, what is absent stays. */
export interface LimitChange {
  models?: string[] | null | undefined;
  rpm?: number | null | undefined;
}

/** A gateway key as lists show it, never the key itself. */
export interface KeyRow extends KeyLimits {
  id: string;
  name: string;
  /** The last four characters of the key. */
  hint?: string | undefined;
  /** ISO 8601. */
  expiresAt?: string | undefined;
  /** ISO 8601: until then the key before the last rotation is taken as well. */
  previousUntil?: string | undefined;
}

/** The gateway's keys, wherever they are reached: in the config of a gateway that does not run, or through the admin API of one that does. */
export interface KeyKeeper {
  list(): Promise<KeyRow[]>;
  /** Throws when the name is taken. */
  add(name: string, limits: KeyLimits): Promise<{ id: string; key: string }>;
  /** A new key for an entry; the old one is taken for a day more. */
  rotate(id: string): Promise<string>;
  limit(id: string, change: LimitChange): Promise<void>;
  /** Gives how many budgets went with it; nothing happens when it is not there. */
  remove(id: string): Promise<number>;
}

/** How a tool's own key stands. */
export type ToolKey =
  | { is: 'good'; row: KeyRow; key: string }
  /** Its entry is there, and what is kept of it is not its key any more: it was rotated. */
  | { is: 'replaced'; row: KeyRow }
  | { is: 'expired'; row: KeyRow }
  /** There was one. */
  | { is: 'removed' }
  | { is: 'none' };

/** A key that was made, or made good, for a tool. */
export interface HeldKey {
  id: string;
  name: string;
  key: string;
  isNew: boolean;
}

/** The keys that are tools' own: named after the tool, the key itself kept in the vault, so that a tool is mended without a new one. */
export class ToolKeys {
  readonly #keeper: KeyKeeper;
  readonly #vault: Vault;
  readonly #now: () => number;

  constructor(keeper: KeyKeeper, vault: Vault, now: () => number) {
    this.#keeper = keeper;
    this.#vault = vault;
    this.#now = now;
  }

  /** `inFile`: the key found in the tool's settings; it counts where the vault has forgotten its own and the entry is known to be the tool's. */
  async find(tool: string, applied: AppliedSetup | undefined, inFile: string | undefined): Promise<ToolKey> {
    const [rows, kept] = await Promise.all([this.#keeper.list(), this.#vault.get(toolSecret(tool))]);
    const row = applied
      ? rows.find(({ id }) => id === applied.keyId)
      : rows.find((entry) => isNamedAfter(tool, entry) && fits(entry, kept));
    if (!row) return { is: applied ? 'removed' : 'none' };
    const key = [kept, applied && inFile].find((value) => fits(row, value));
    if (key === undefined) return { is: 'replaced', row };
    return this.#isOver(row) ? { is: 'expired', row } : { is: 'good', row, key };
  }

  /** The tool's key, made where there is none. */
  async hold(tool: string, found: ToolKey, limits: KeyLimits): Promise<HeldKey> {
    switch (found.is) {
      case 'good':
        return await this.#kept(tool, { id: found.row.id, name: found.row.name, key: found.key, isNew: false });
      case 'replaced':
        return await this.#kept(tool, {
          id: found.row.id,
          name: found.row.name,
          key: await this.#keeper.rotate(found.row.id),
          isNew: false,
        });
      case 'expired':
        await this.#keeper.remove(found.row.id);
        return await this.#make(tool, limits);
      case 'removed':
      case 'none':
        return await this.#make(tool, limits);
    }
  }

  async limit(id: string, change: LimitChange): Promise<void> {
    await this.#keeper.limit(id, change);
  }

  /** Takes the key out of the gateway and the vault; gives how many budgets went with it. */
  async drop(tool: string, id: string | undefined): Promise<number> {
    const budgets = id === undefined ? 0 : await this.#keeper.remove(id);
    await this.#vault.delete(toolSecret(tool));
    return budgets;
  }

  async #make(tool: string, limits: KeyLimits): Promise<HeldKey> {
    const name = freeName(tool, await this.#keeper.list());
    const { id, key } = await this.#keeper.add(name, limits);
    return await this.#kept(tool, { id, name, key, isNew: true });
  }

  async #kept(tool: string, held: HeldKey): Promise<HeldKey> {
    try {
      if ((await this.#vault.get(toolSecret(tool))) !== held.key) await this.#vault.set(toolSecret(tool), held.key);
      return held;
    } catch (error) {
      if (held.isNew) await this.#keeper.remove(held.id);
      throw error;
    }
  }

  #isOver({ expiresAt }: KeyRow): boolean {
    return expiresAt !== undefined && !(this.#now() < Date.parse(expiresAt));
  }
}

/** Where the vault keeps a tool's key. */
export function toolSecret(tool: string): string {
  return `tool/${tool}`;
}

function fits(row: KeyRow, key: string | undefined): key is string {
  return key !== undefined && key.slice(-4) === row.hint;
}

function isNamedAfter(tool: string, { name }: KeyRow): boolean {
  return name === tool || (name.startsWith(`${tool}-`) && /^\d+$/.test(name.slice(tool.length + 1)));
}

function freeName(tool: string, rows: readonly KeyRow[]): string {
  const taken = new Set(rows.map(({ name }) => name));
  let name = tool;
  for (let n = 2; taken.has(name); n += 1) name = `${tool}-${n}`;
  return name;
}
