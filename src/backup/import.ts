import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { Vault } from '../accounts/vault.ts';
import { ConfigFile } from '../config/file.ts';
import { Locked, lockFolder } from '../ledger/store/folder-lock.ts';
import { mergeConfigs } from './merge.ts';
import { type ReadExport, readExport, readExportFile } from './read-export.ts';
import { accountsWithoutKey, replaceConfig, writeState } from './restore.ts';
import { FIRST_KEY, FIRST_KEY_SECRET, secretNames, withOwnFirstKey, writeSecrets } from './vault-secrets.ts';
import { isLedgerFile } from './zip.ts';

export interface ImportOptions {
  folder: string;
  vault: Vault;
  mode: 'replace' | 'merge';
  passphrase?: string;
  /** A gateway runs on this folder: it has the learned state and the ledger open, so both stay. */
  live?: boolean;
  now?: Date;
}

export interface Imported {
  /** What came in by `merge`, and what did not; see `Merged`. Empty for `replace`. */
  added: string[];
  left: string[];
  renamed: string[];
  /** Secrets that came in. */
  secrets: number;
  /** The copy of the config that was replaced. */
  kept: string | undefined;
  /** Names of accounts whose key is not in the vault. */
  withoutKey: string[];
  /** What else to know, as sentences. */
  notices: string[];
}

/**
 * Takes in what `exportAll` made: its path, or its bytes. Everything is checked before anything is touched; throws BackupError or
 * ConfigError, and then nothing has changed. `merge` leaves what is here (also the
 * ledger and what was learned, where there are any); `replace` makes a copy of the config first.
 */
export async function importAll(file: string | Uint8Array, options: ImportOptions): Promise<Imported> {
  const bytes = typeof file === 'string' ? await readExportFile(file) : file;
  const read = await readExport(bytes, options.passphrase);
  const release = read.ledger.size > 0 && !options.live ? await ledgerLock(options.folder) : undefined;
  const live = options.live === true || (read.ledger.size > 0 && release === undefined);
  const work = options.mode === 'merge' ? merge : replace;
  const imported = await work(read, { ...options, live }).finally(() => release?.());
  const notices = read.locked
    ? ['The file holds secrets, which were left out as no passphrase was given.', ...imported.notices]
    : imported.notices;
  return { ...imported, notices };
}

/** Nobody else writes the ledger until it is released; `undefined` when somebody does. */
async function ledgerLock(folder: string): Promise<(() => Promise<void>) | undefined> {
  return await lockFolder(folder, () => {}).catch((error: unknown) => {
    if (error instanceof Locked) return undefined;
    throw error;
  });
}

async function merge(read: ReadExport, { folder, vault, live }: ImportOptions): Promise<Imported> {
  const file = new ConfigFile(folder);
  const planned = mergeConfigs(await file.load(), read.config);
  const secrets = new Map<string, string>();
  for (const [to, from] of planned.secrets) setIfKnown(secrets, to, read.secrets?.get(from));
  if (planned.added.includes(`key "${FIRST_KEY}"`)) setIfKnown(secrets, FIRST_KEY_SECRET, read.secrets?.get(FIRST_KEY_SECRET));
  const { added, left, renamed, config } = await withSecrets(vault, secrets, () =>
    file.update((current) => {
      const merged = mergeConfigs(current, read.config);
      Object.assign(current, withOwnFirstKey(merged.config, secrets.get(FIRST_KEY_SECRET)));
      return merged;
    }),
  );
  const notices = await addOthers(read, folder, live === true);
  return { added, left, renamed, secrets: secrets.size, kept: undefined, withoutKey: await accountsWithoutKey(config, vault), notices };
}

async function replace(read: ReadExport, { folder, vault, live, now = new Date() }: ImportOptions): Promise<Imported> {
  const secrets = new Map<string, string>();
  for (const name of secretNames(read.config)) setIfKnown(secrets, name, read.secrets?.get(name));
  const own = secrets.has(FIRST_KEY_SECRET) ? secrets.get(FIRST_KEY_SECRET) : await vault.get(FIRST_KEY_SECRET);
  const config = withOwnFirstKey(read.config, own);
  const kept = await withSecrets(vault, secrets, () => replaceConfig(folder, config, 'before-import', now));
  const notices = await replaceOthers(read, folder, live === true);
  return { added: [], left: [], renamed: [], secrets: secrets.size, kept, withoutKey: await accountsWithoutKey(config, vault), notices };
}

async function replaceOthers({ state, ledger }: ReadExport, folder: string, live: boolean): Promise<string[]> {
  if (live && (state !== undefined || ledger.size > 0))
    return ['A gateway runs, so what was learned and counted here stays. Stop it and import again to replace that too.'];
  if (state !== undefined) await writeState(folder, state);
  if (ledger.size > 0) await replaceLedger(folder, ledger);
  return [];
}

/** What was learned and counted elsewhere comes in where there is nothing of the kind. */
async function addOthers({ state, ledger }: ReadExport, folder: string, live: boolean): Promise<string[]> {
  const here = await readdir(folder);
  const isCounted = here.some(isLedgerFile);
  if (!live && state !== undefined && !here.includes('state.json')) await writeState(folder, state);
  if (!live && !isCounted) await writeLedger(folder, ledger);
  return ledger.size > 0 && (live || isCounted) ? ['What was counted here stays; the ledger in the file was left out.'] : [];
}

const ASIDE = '.before-import';

/** The ledger that is there is moved into `backups/`; of several the newest is kept. */
async function replaceLedger(folder: string, ledger: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const backups = join(folder, 'backups');
  await mkdir(backups, { recursive: true, mode: 0o700 });
  for (const old of (await readdir(backups)).filter((name) => name.startsWith('ledger.') && name.endsWith(ASIDE))) {
    await rm(join(backups, old), { force: true });
  }
  for (const name of (await readdir(folder)).filter(isLedgerFile)) await rename(join(folder, name), join(backups, `${name}${ASIDE}`));
  await writeLedger(folder, ledger);
}

async function writeLedger(folder: string, ledger: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [name, bytes] of ledger) await writeFileAtomic(join(folder, name), Buffer.from(bytes), { mode: 0o600, fsync: true });
}

/** Secrets first, so that no account is ever without its key; they are as they were when the work fails. */
async function withSecrets<T>(vault: Vault, secrets: ReadonlyMap<string, string>, work: () => Promise<T>): Promise<T> {
  const undo = await writeSecrets(vault, secrets);
  try {
    return await work();
  } catch (error) {
    await undo();
    throw error;
  }
}

function setIfKnown(secrets: Map<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined) secrets.set(name, value);
}
