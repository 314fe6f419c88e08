import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addKey } from '../../../accounts/gateway-keys.ts';
import { vaultName } from '../../../accounts/manage.ts';
import { dropAccountBudgets, dropKeyBudgets } from '../../../accounts/manage-budgets.ts';
import type { Vault } from '../../../accounts/vault.ts';
import { takeOut } from '../../../backup/inline-secrets.ts';
import { FIRST_KEY, FIRST_KEY_SECRET, secretNames } from '../../../backup/vault-secrets.ts';
import { CLIENT_IDS } from '../../../clients/client.ts';
import { toolSecret } from '../../../clients/key-keeper.ts';
import { ConfigFile, configFromText } from '../../../config/file.ts';
import type { Config } from '../../../config/schema.ts';

/** What signing out takes away, for the question before. */
export interface ToRemove {
  accounts: string[];
  /** Gateway keys beside the installation's own. */
  keys: string[];
  /** Copies of the config that hold secrets, or that cannot be read and may. */
  copies: number;
}

export interface SignedOut extends ToRemove {
  secrets: number;
}

export interface SignOutContext {
  folder: string;
  vault: ListedVault;
  /** A gateway runs on the folder. */
  live: boolean;
  now: Date;
}

/** A vault that can tell the names of all it has. */
export interface ListedVault extends Vault {
  names?(): Promise<readonly string[]>;
}

/** Says what would go. Throws ConfigError for a broken config: what is not known cannot be removed. */
export async function toRemove(folder: string): Promise<ToRemove> {
  const config = await new ConfigFile(folder).load();
  const copies = await copiesOf(folder);
  return { ...named(config), copies: copies.filter(({ unsafe }) => unsafe).length };
}

/**
 * Removes all accounts, all gateway keys, and every secret the vault is known to have: of this config, of its copies, and of what the
 * vault itself tells. The installation gets a new key, in the config before in the vault, so that no moment is without one that counts.
 * Combos, settings and what was counted stay.
 */
export async function signOut({ folder, vault, live, now }: SignOutContext): Promise<SignedOut> {
  const copies = await copiesOf(folder);
  const file = new ConfigFile(folder);
  let gone: ToRemove = { accounts: [], keys: [], copies: 0 };
  const names = new Set(copies.flatMap(({ secrets }) => secrets));
  const key = await file.update((config) => {
    gone = named(config);
    for (const name of secretsOf(config)) names.add(name);
    return emptied(config, now);
  });
  // Before the gateway has read the config again: a window that finds no good key here would make one of its own.
  await vault.set(FIRST_KEY_SECRET, key);
  for (const name of (await vault.names?.()) ?? []) names.add(name);
  names.delete(FIRST_KEY_SECRET);
  const secrets = await removeSecrets(vault, names);
  // Once more, as saving has put the config with the accounts among the copies.
  const unsafe = (await copiesOf(folder)).filter((copy) => copy.unsafe);
  for (const { path } of unsafe) await rm(path, { force: true });
  // A gateway that runs forgets what it learned of accounts that are gone, and would write over what is taken from it.
  if (!live) await rm(join(folder, 'state.json'), { force: true });
  return { ...gone, copies: unsafe.length, secrets };
}

function named({ accounts, keys }: Config): ToRemove {
  return {
    accounts: accounts.map(({ name }) => name),
    keys: keys.flatMap(({ name }) => (name === FIRST_KEY ? [] : [name])),
    copies: 0,
  };
}

/** Takes out of a config being changed what signing out ends; gives the installation's new key. */
function emptied(config: Config, now: Date): string {
  for (const account of [...config.accounts]) {
    config.accounts = config.accounts.filter((entry) => entry !== account);
    dropAccountBudgets(config, account);
  }
  const keys = config.keys.splice(0);
  for (const { name } of keys) if (name !== FIRST_KEY) dropKeyBudgets(config, name);
  return addKey(config, FIRST_KEY, { admin: true }, now).key;
}

/** Those the config names, those under which a key of its accounts may have been kept before it was moved to the environment, and the keys of tools. */
function secretsOf(config: Config): string[] {
  return [...secretNames(config), ...config.accounts.map(({ id }) => vaultName(id)), ...CLIENT_IDS.map(toolSecret)];
}

async function removeSecrets(vault: Vault, names: ReadonlySet<string>): Promise<number> {
  let removed = 0;
  for (const name of names) {
    if ((await vault.get(name).catch(() => '')) !== undefined) removed += 1;
    await vault.delete(name);
  }
  return removed;
}

interface KeptCopy {
  path: string;
  secrets: string[];
  unsafe: boolean;
}

/** The last good copies beside the config and those in `backups/`. */
async function copiesOf(folder: string): Promise<KeptCopy[]> {
  const backups = join(folder, 'backups');
  const paths = [
    ...(await namesIn(folder)).filter((name) => /^config\.json\.\d+$/.test(name)).map((name) => join(folder, name)),
    ...(await namesIn(backups)).filter((name) => /^config-.*\.json$/.test(name)).map((name) => join(backups, name)),
  ];
  return await Promise.all(paths.map(readCopy));
}

async function readCopy(path: string): Promise<KeptCopy> {
  try {
    const config = configFromText(await readFile(path, 'utf8'), path);
    return { path, secrets: secretsOf(config), unsafe: takeOut(config).secrets.size > 0 };
  } catch {
    return { path, secrets: [], unsafe: true };
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}
