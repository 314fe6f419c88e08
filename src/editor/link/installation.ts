import { watch } from 'node:fs/promises';
import { hashKey, isAdmin } from '../../accounts/gateway-keys.ts';
import type { Vault } from '../../accounts/vault.ts';
import { ConfigError, ConfigFile } from '../../config/file.ts';
import { readRuntimeFile } from '../../config/runtime-file.ts';
import { FIRST_KEY_SECRET } from '../../gateway/first-key.ts';
import { installationKey } from '../../gateway/installation-key.ts';
import { isAlive } from './is-alive.ts';

/** Where a gateway of the data folder said it listens. */
export interface Published {
  port: number;
  /** Its process is there: it may be slow to answer, or asleep. */
  alive: boolean;
}

/** What of an installation is on disk and in the vault. Nothing is kept: other windows and the command line change it. */
export interface Installation {
  published(): Promise<Published | undefined>;
  /** Hashes of keys, one of which its gateway proves itself with. */
  hashes(): Promise<string[]>;
  /** An admin key, made when this window has none. */
  key(): Promise<string>;
  /** Resolves when config.json can be used, or is wrong in another way than `message` says; rejects with the signal's reason. */
  mended(message: string, signal: AbortSignal): Promise<void>;
}

export function installationOf(dataDir: string, vault: Vault): Installation {
  return {
    published: () => published(dataDir),
    hashes: () => hashes(dataDir, vault),
    key: () => ownKey(dataDir, vault),
    mended: (message, signal) => mended(dataDir, message, signal),
  };
}

async function ownKey(dataDir: string, vault: Vault): Promise<string> {
  try {
    return (await installationKey(new ConfigFile(dataDir), vault)).key;
  } catch (error) {
    // A gateway that runs goes on with the last config that was good, and with the keys in it.
    const kept = error instanceof ConfigError ? await vault.get(FIRST_KEY_SECRET) : undefined;
    if (kept === undefined) throw error;
    return kept;
  }
}

async function mended(dataDir: string, message: string, signal: AbortSignal): Promise<void> {
  const isStill = (): Promise<boolean> =>
    new ConfigFile(dataDir).load().then(
      () => false,
      (error: unknown) => error instanceof ConfigError && error.message === message,
    );
  // Watched first, so that nothing that happens while we look is missed.
  const events = watch(dataDir, { signal, persistent: false });
  const changes = events[Symbol.asyncIterator]();
  const nextChange = (): Promise<unknown> => {
    const next = changes.next();
    // It also ends, by the signal, while nobody waits for it.
    next.catch(() => {});
    return next;
  };
  let next = nextChange();
  while (await isStill()) {
    await next;
    next = nextChange();
  }
  await changes.return?.();
}

async function published(dataDir: string): Promise<Published | undefined> {
  const runtime = await readRuntimeFile(dataDir);
  if (!runtime || !URL.canParse(runtime.url)) return undefined;
  const port = Number(new URL(runtime.url).port);
  return port > 0 ? { port, alive: isAlive(runtime.pid) } : undefined;
}

/** Of admin keys only; the one before a rotation too, since a gateway may read the file a moment later than we do. */
async function hashes(dataDir: string, vault: Vault): Promise<string[]> {
  const { keys } = await new ConfigFile(dataDir).load().catch((error: unknown) => {
    // A gateway that runs keeps the last config that was good; what we have in the vault tells it still.
    if (error instanceof ConfigError) return { keys: [] };
    throw error;
  });
  const inFile = keys.filter(isAdmin).flatMap(({ hash, previous }) => (previous ? [hash, previous.hash] : [hash]));
  const own = await vault.get(FIRST_KEY_SECRET);
  return own === undefined ? inFile : [...inFile, hashKey(own)];
}
