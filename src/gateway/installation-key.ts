import { randomBytes } from 'node:crypto';
import { addKey, findKey, isAdmin } from '../accounts/gateway-keys.ts';
import type { Vault } from '../accounts/vault.ts';
import type { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { FIRST_KEY, FIRST_KEY_SECRET } from './first-key.ts';

/** Keys made for vaults that had forgotten theirs begin so; beyond so many the oldest go, and who still had one gets another. */
const SPARE = 'editor-';
const MOST_SPARE = 32;

/**
 * The admin key that this vault has of this installation, made when there is none. At the first start that is the key `default`. A vault
 * that does not have it later (another browser profile of a web editor, a keychain that was wiped) gets a key of its own beside it:
 * `default` is never replaced here, since its hash in config.json tells that it was given out, and tools that the user has set up with
 * it would break. Reads config.json anew. Throws ConfigError when that is broken.
 */
export async function installationKey(file: ConfigFile, vault: Vault): Promise<{ key: string; isNew: boolean }> {
  const kept = await vault.get(FIRST_KEY_SECRET);
  if (kept !== undefined && isGood(await file.load(), kept)) return { key: kept, isNew: false };
  const made = await file.update((config) => {
    // Again under the lock: another process may have been here first, or changed the key in the meantime.
    const isFirst = !config.keys.some((entry) => entry.name === FIRST_KEY);
    if (!isFirst) dropOldest(config);
    return addKey(config, isFirst ? FIRST_KEY : `${SPARE}${randomBytes(4).toString('hex')}`, { admin: true }, new Date()).key;
  });
  await vault.set(FIRST_KEY_SECRET, made);
  return { key: made, isNew: true };
}

function isGood(config: Config, key: string): boolean {
  const entry = findKey(config.keys, key);
  return entry !== undefined && isAdmin(entry);
}

function dropOldest(config: Config): void {
  const spare = config.keys.filter(({ name }) => name.startsWith(SPARE));
  if (spare.length < MOST_SPARE) return;
  const [oldest] = spare.toSorted((a, b) => (a.createdAt ?? '').localeCompare(b.createdAt ?? ''));
  config.keys = config.keys.filter((entry) => entry !== oldest);
}
