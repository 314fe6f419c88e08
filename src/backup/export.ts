import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Vault } from '../accounts/vault.ts';
import { ConfigFile } from '../config/file.ts';
import { VERSION } from '../version.ts';
import { isState, textOf } from './copies.ts';
import { describeTaken, takeOut } from './inline-secrets.ts';
import { type Manifest, manifestOf, sha256 } from './manifest.ts';
import { seal } from './sealed.ts';
import { readSecrets, secretNames } from './vault-secrets.ts';
import { type Files, isLedgerFile, pack } from './zip.ts';

export interface ExportOptions {
  folder: string;
  vault: Vault;
  include?: { ledger?: boolean };
  /** Secrets are exported under it alone. */
  passphrase?: string;
  now?: Date;
  /** Of the key derivation; see `seal`. */
  cost?: number;
}

export interface Exported {
  bytes: Uint8Array;
  manifest: Manifest;
  /** How many secrets are in it; `undefined`: none were asked for. */
  secrets: number | undefined;
  /** What is not in it and will be missed, as sentences. */
  leftOut: string[];
}

/**
 * Everything in one file: the config, what was learned, and if asked the ledger. Secrets are in it only with a passphrase, encrypted;
 * those that stand in the config itself (header values, passwords and queries of URLs) leave it either way.
 * Throws ConfigError for a broken config, BackupError for a short passphrase or a file that is too large.
 */
export async function exportAll({ folder, vault, include = {}, passphrase, now = new Date(), cost }: ExportOptions): Promise<Exported> {
  const whole = await new ConfigFile(folder).load();
  const { config, secrets: inline } = takeOut(whole);
  const files: Files = new Map([['config.json', Buffer.from(`${JSON.stringify(config, null, 2)}\n`)]]);
  const state = await textOf(join(folder, 'state.json'));
  if (state !== undefined && isState(state)) files.set('state.json', Buffer.from(state));
  for (const [name, bytes] of include.ledger ? await ledgerFiles(folder) : []) files.set(name, bytes);
  const names = secretNames(whole);
  const kept = passphrase === undefined ? new Map<string, string>() : await readSecrets(vault, names);
  const secrets = new Map([...kept, ...inline]);
  if (passphrase !== undefined) files.set('secrets.enc', await seal({ secrets, files: checksums(files) }, passphrase, cost));
  const manifest = manifestOf(files, VERSION, now);
  const bytes = pack(new Map([['manifest.json', Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)], ...files]));
  const leftOut =
    passphrase === undefined ? unsaid(names.length, describeTaken(whole, inline)) : missing(names.filter((name) => !kept.has(name)));
  return { bytes, manifest, secrets: passphrase === undefined ? undefined : secrets.size, leftOut };
}

function unsaid(vaultCount: number, inline: string[]): string[] {
  return [
    ...(vaultCount > 0 ? [`The vault's secrets are not in it (${vaultCount}).`] : []),
    ...inline.map((place) => `Secrets in the config are not in it: ${place}.`),
  ];
}

const missing = (names: string[]): string[] => names.map((name) => `The vault has no "${name}", so the export has none either.`);

/**
 * The journal first: a record that moves from it into the database meanwhile is then read twice, which the ledger knows by its id, rather
 * than not at all.
 */
async function ledgerFiles(folder: string): Promise<Files> {
  const files: Files = new Map();
  for (const name of (await readdir(folder)).filter(isLedgerFile).sort()) {
    const bytes = await readFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (bytes) files.set(name, bytes);
  }
  return files;
}

function checksums(files: Files): Record<string, string> {
  return Object.fromEntries([...files].map(([name, bytes]) => [name, sha256(bytes)]));
}
