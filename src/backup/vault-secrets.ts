import { hashKey } from '../accounts/gateway-keys.ts';
import type { Vault } from '../accounts/vault.ts';
import type { AccountConfig, Config } from '../config/schema.ts';

/** The key made at the first start, which the vault keeps as well so that it can be shown again (src/gateway/first-key.ts). */
export const FIRST_KEY = 'default';
export const FIRST_KEY_SECRET = 'gateway-key/default';

/** Names of everything the vault keeps for this config. A vault has no list of its own. */
export function secretNames(config: Config): string[] {
  const accounts = config.accounts.flatMap((account) => secretOf(account) ?? []);
  const first = config.keys.some(({ name }) => name === FIRST_KEY) ? [FIRST_KEY_SECRET] : [];
  return [...new Set([...accounts, ...first])];
}

/** The vault's name of the account's key. */
export function secretOf({ credential }: AccountConfig): string | undefined {
  return credential && 'secret' in credential ? credential.secret : undefined;
}

/** What the vault has of these names; what it lacks is left out. */
export async function readSecrets(vault: Vault, names: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const name of names) {
    const value = await vault.get(name);
    if (value !== undefined) found.set(name, value);
  }
  return found;
}

/** Sets secrets. When one cannot be set, those before are as they were, and the error is thrown. Gives the way back. */
export async function writeSecrets(vault: Vault, secrets: ReadonlyMap<string, string>): Promise<() => Promise<void>> {
  const before = await readSecrets(vault, [...secrets.keys()]);
  const done: string[] = [];
  const undo = async (): Promise<void> => {
    for (const name of done) {
      const value = before.get(name);
      await (value === undefined ? vault.delete(name) : vault.set(name, value));
    }
  };
  try {
    for (const [name, value] of secrets) {
      await vault.set(name, value);
      done.push(name);
    }
  } catch (error) {
    await undo();
    throw error;
  }
  return undo;
}

/**
 * The first key of another config is not the one the vault here has: its entry is given the hash of ours, as otherwise the command line,
 * the editor and every tool set up on this machine would be refused.
 */
export function withOwnFirstKey(config: Config, own: string | undefined): Config {
  if (own === undefined) return config;
  const hash = hashKey(own);
  return {
    ...config,
    keys: config.keys.map((entry) => {
      if (entry.name !== FIRST_KEY || entry.hash === hash) return entry;
      const { previous: _, expiresAt: __, ...kept } = entry;
      return { ...kept, hash, hint: own.slice(-4) };
    }),
  };
}
