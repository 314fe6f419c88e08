import { open } from 'node:fs/promises';
import { configFromText } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { isState } from './copies.ts';
import { BackupError } from './error.ts';
import { putBack } from './inline-secrets.ts';
import { checkManifest, type Manifest, sha256 } from './manifest.ts';
import { unseal } from './sealed.ts';
import { type Files, isLedgerFile, MOST_BYTES, unpack } from './zip.ts';

/** An export that was checked from end to end. */
export interface ReadExport {
  manifest: Manifest;
  /** With its own secrets put back, where they were opened. */
  config: Config;
  state: string | undefined;
  ledger: Files;
  /** Of the vault, by name; `undefined` when none were opened. */
  secrets: Map<string, string> | undefined;
  /** It holds secrets that were not opened, as no passphrase was given. */
  locked: boolean;
}

/** Reads a file, unless it is larger than any export. */
export async function readExportFile(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    if ((await handle.stat()).size > MOST_BYTES) throw new BackupError('too_large', `${path} is too large for an export.`);
    return await handle.readFile();
  } finally {
    await handle.close();
  }
}

/** Checks everything of an export and touches nothing. Throws BackupError, and ConfigError where its config cannot be used. */
export async function readExport(bytes: Uint8Array, passphrase: string | undefined): Promise<ReadExport> {
  const files = unpack(bytes);
  const manifest = checkManifest(files);
  const bare = configFromText(textIn(files, 'config.json'), 'config.json of the export');
  const state = files.has('state.json') ? textIn(files, 'state.json') : undefined;
  if (state !== undefined && !isState(state)) throw new BackupError('damaged', 'The file is damaged: its state.json is none.');
  const secrets = passphrase === undefined ? undefined : await openSecrets(files, passphrase);
  const config = secrets ? configFromText(JSON.stringify(putBack(bare, secrets)), 'config.json of the export') : bare;
  return { manifest, config, state, ledger: ledgerOf(files), secrets, locked: !secrets && files.has('secrets.enc') };
}

async function openSecrets(files: Files, passphrase: string): Promise<Map<string, string>> {
  const sealed = files.get('secrets.enc');
  if (!sealed)
    throw new BackupError('passphrase', 'The file holds no secrets: it was exported without a passphrase. Import it without one.');
  const { secrets, files: checksums } = await unseal(sealed, passphrase);
  const others = [...files].filter(([name]) => name !== 'secrets.enc' && name !== 'manifest.json');
  const isSame = others.length === Object.keys(checksums).length && others.every(([name, bytes]) => checksums[name] === sha256(bytes));
  // Else who cannot read the keys could still have them sent to a base URL of his own.
  if (!isSame) throw new BackupError('damaged', 'The file was changed after it was exported: its secrets belong to another config.');
  return secrets;
}

function ledgerOf(files: Files): Files {
  return new Map([...files].filter(([name]) => isLedgerFile(name)));
}

function textIn(files: Files, name: string): string {
  const bytes = files.get(name);
  if (!bytes) throw new BackupError('damaged', `The file is damaged: it holds no ${name}.`);
  return Buffer.from(bytes).toString('utf8');
}
