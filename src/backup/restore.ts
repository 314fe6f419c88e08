import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Vault } from '../accounts/vault.ts';
import { ConfigFile, configFromText } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { isState, keepText, type Reason, readCopy } from './copies.ts';
import { FIRST_KEY_SECRET, readSecrets, secretOf, withOwnFirstKey } from './vault-secrets.ts';

export interface RestoreOptions {
  folder: string;
  /** Name of the copy. */
  name: string;
  vault: Vault;
  /** A gateway runs: it keeps what it has learned, and would write over any other `state.json`. */
  live: boolean;
  now: Date;
}

export interface Restored {
  /** The copy of what was replaced; `undefined` when there was nothing. */
  kept: string | undefined;
  /** Names of accounts whose key is no longer in the vault. */
  withoutKey: string[];
}

/**
 * Puts a copy in the place of `config.json`, and what was learned then in the place of `state.json`. The copy is checked before anything
 * is touched, and what is there is copied first, also when it is broken. Throws BackupError `not_found`, ConfigError for a broken copy.
 * The key of this installation stays the one the vault has.
 */
export async function restoreCopy({ folder, name, vault, live, now }: RestoreOptions): Promise<Restored> {
  const copy = await readCopy(folder, name);
  const config = withOwnFirstKey(configFromText(copy.config, copy.path), await vault.get(FIRST_KEY_SECRET));
  const kept = await replaceConfig(folder, config, 'before-restore', now);
  if (!live && copy.state !== undefined && isState(copy.state)) await writeState(folder, copy.state);
  return { kept, withoutKey: await accountsWithoutKey(config, vault) };
}

/** Replaces the config under its lock, after a copy of what is there. Gives that copy's name. */
export async function replaceConfig(
  folder: string,
  config: Config,
  reason: Exclude<Reason, 'daily'>,
  now: Date,
): Promise<string | undefined> {
  let kept: string | undefined;
  await new ConfigFile(folder).replace(config, async (text) => {
    if (text !== undefined) kept = await keepText(folder, text, reason, now);
  });
  return kept;
}

export async function writeState(folder: string, text: string): Promise<void> {
  await writeFileAtomic(join(folder, 'state.json'), text, { mode: 0o600, fsync: true });
}

/** Names of accounts whose key should be in the vault and is not. */
export async function accountsWithoutKey(config: Config, vault: Vault): Promise<string[]> {
  const found = await readSecrets(
    vault,
    config.accounts.flatMap((account) => secretOf(account) ?? []),
  );
  return config.accounts.filter((account) => isMissing(secretOf(account), found)).map(({ name }) => name);
}

const isMissing = (secret: string | undefined, found: ReadonlyMap<string, string>): boolean => secret !== undefined && !found.has(secret);
