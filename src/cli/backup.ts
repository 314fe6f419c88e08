import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { FileVault } from '../accounts/file-vault.ts';
import { createCopy, exportAll, type Imported, importAll, listCopies, restoreCopy } from '../backup/index.ts';
import { readExport, readExportFile } from '../backup/read-export.ts';
import { knownPassphrase, newPassphrase } from './backup-passphrase.ts';
import { runningGateway } from './gateway-client.ts';
import { dataFolder, type Io, UsageError, writeList } from './io.ts';
import { noNames, subcommands, theName } from './subcommands.ts';

/** `omniroute backup …`: copies of the config, and everything in one file. */
export const backup = subcommands('backup', { list, create, restore, export: exportTo, import: importFrom });

const DATA = { data: { type: 'string' } } as const;

async function list(args: string[], io: Io): Promise<number> {
  const options = { json: { type: 'boolean' }, ...DATA } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  noNames(positionals, 'backup list');
  const copies = await listCopies(dataFolder(values.data, io.env));
  const rows = copies.map(({ name, at, bytes, reason, problem }) => [
    name,
    new Date(at).toLocaleString(),
    `${bytes} bytes`,
    problem === undefined ? reason : `${reason}, broken: ${problem}`,
  ]);
  writeList(
    io,
    { json: values.json },
    copies,
    rows,
    'No copies yet. A running gateway makes one a day; "omniroute backup create" makes one now.',
  );
  return 0;
}

async function create(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: DATA });
  noNames(positionals, 'backup create');
  const name = await createCopy(dataFolder(values.data, io.env), new Date());
  io.stdout.write(`${name}\n`);
  io.stderr.write('Secrets are not in it: they stay in the vault.\n');
  return 0;
}

async function restore(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: DATA });
  const name = theName(positionals, 'backup restore', 'the name of a copy');
  const folder = dataFolder(values.data, io.env);
  const live = (await runningGateway(folder)) !== undefined;
  const { kept, withoutKey } = await restoreCopy({ folder, name, vault: new FileVault(folder), live, now: new Date() });
  io.stdout.write(`Restored ${name}.${kept === undefined ? '' : ` What was there is ${kept}.`}\n`);
  tellMissing(withoutKey, io);
  return 0;
}

const EXPORT_OPTIONS = {
  'with-secrets': { type: 'boolean' },
  'passphrase-stdin': { type: 'boolean' },
  ledger: { type: 'boolean' },
  ...DATA,
} as const;

async function exportTo(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: EXPORT_OPTIONS });
  const path = resolve(theName(positionals, 'backup export', 'a file'));
  if (values['passphrase-stdin'] && !values['with-secrets']) throw new UsageError('--passphrase-stdin belongs to --with-secrets');
  const folder = dataFolder(values.data, io.env);
  const passphrase = values['with-secrets'] ? await newPassphrase(values, io) : undefined;
  const { bytes, secrets, leftOut } = await exportAll({
    folder,
    vault: new FileVault(folder),
    include: { ledger: values.ledger === true },
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  await writeFile(path, bytes, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${path} is there already; name another file.`) : error;
  });
  for (const sentence of leftOut) io.stderr.write(`Note: ${sentence}\n`);
  if (secrets === undefined) io.stderr.write('No secrets are in the file; --with-secrets adds them, encrypted with a passphrase.\n');
  const what = secrets === undefined ? 'without secrets' : `with ${count(secrets, 'secret')} under the passphrase`;
  io.stdout.write(`${path}: ${bytes.length} bytes, ${what}\n`);
  return 0;
}

const IMPORT_OPTIONS = {
  replace: { type: 'boolean' },
  'passphrase-stdin': { type: 'boolean' },
  'without-secrets': { type: 'boolean' },
  ...DATA,
} as const;

async function importFrom(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: IMPORT_OPTIONS });
  const path = resolve(theName(positionals, 'backup import', 'a file'));
  const folder = dataFolder(values.data, io.env);
  const bytes = await readExportFile(path);
  // Checked before anybody is asked for a passphrase.
  const { locked } = await readExport(bytes, undefined);
  const wanted = values['passphrase-stdin'] || (locked && !values['without-secrets']);
  const imported = await importAll(bytes, {
    folder,
    vault: new FileVault(folder),
    mode: values.replace ? 'replace' : 'merge',
    live: (await runningGateway(folder)) !== undefined,
    ...(wanted ? { passphrase: await knownPassphrase(values, io) } : {}),
  });
  tell(imported, values.replace === true, io);
  if (!locked) io.stderr.write('The file holds no secrets.\n');
  return 0;
}

function tell({ added, left, renamed, secrets, kept, withoutKey, notices }: Imported, replaced: boolean, io: Io): void {
  if (replaced) io.stdout.write(`Replaced the config, with ${count(secrets, 'secret')}.${kept ? ` What was there is ${kept}.` : ''}\n`);
  else io.stdout.write(`Added ${added.length > 0 ? added.join(', ') : 'nothing'}, with ${count(secrets, 'secret')}.\n`);
  if (left.length > 0) io.stdout.write(`Left as they are here: ${left.join(', ')}.\n`);
  for (const sentence of renamed) io.stdout.write(`The ${sentence}.\n`);
  for (const sentence of notices) io.stderr.write(`Note: ${sentence}\n`);
  tellMissing(withoutKey, io);
}

function tellMissing(accounts: readonly string[], io: Io): void {
  for (const name of accounts) io.stderr.write(`Note: account "${name}" has no key here: "omniroute account rotate" gives it one.\n`);
}

const count = (amount: number, thing: string): string => `${amount === 0 ? 'no' : amount} ${thing}${amount === 1 ? '' : 's'}`;
