import { parseArgs } from 'node:util';
import { FileVault } from '../../accounts/file-vault.ts';
import { addAccount, vaultName } from '../../accounts/manage.ts';
import { ConfigFile } from '../../config/file.ts';
import type { AccountConfig } from '../../config/schema.ts';
import { dataFolder, type Io } from '../io.ts';
import { theName } from '../subcommands.ts';
import { refuseBadKey } from './check.ts';
import { draft, providerNamed } from './draft.ts';
import { type GivenKey, givenKey, referenceTo } from './key-input.ts';
import { LIMIT_OPTIONS } from './values.ts';

const OPTIONS = {
  name: { type: 'string' },
  'base-url': { type: 'string' },
  prefix: { type: 'string' },
  param: { type: 'string', multiple: true },
  proxy: { type: 'string' },
  priority: { type: 'string' },
  headroom: { type: 'string' },
  'key-env': { type: 'string' },
  'key-stdin': { type: 'boolean' },
  'no-key': { type: 'boolean' },
  'no-test': { type: 'boolean' },
  data: { type: 'string' },
  ...LIMIT_OPTIONS,
} as const;

/** `omniroute account add PROVIDER …`: shows the vendor's terms, tests the key where it can, and stores both or nothing. */
export async function add(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const provider = providerNamed(positionals[0]);
  theName(positionals, 'account add', 'a provider');
  const entry = draft(provider, values);
  const folder = dataFolder(values.data, io.env);
  const file = new ConfigFile(folder);
  // A name that is taken, or a file that is broken, is told before anybody is asked for anything.
  addAccount(structuredClone(await file.load()), entry);
  if (provider.terms.notice) io.stderr.write(`${provider.name}: ${provider.terms.notice}\n`);
  const key = await givenKey(values, provider, io);
  const credential = referenceTo(key, vaultName(entry.id));
  const account: AccountConfig = credential ? { ...entry, credential } : entry;
  if (!values['no-test']) await refuseBadKey(account, key, io);
  await store(file, new FileVault(folder), account, key);
  const prefix = entry.prefix ?? provider.prefix;
  const first = provider.models.seed[0];
  const example = first ? `, for instance ${prefix}/${first.id}` : '';
  io.stdout.write(`Added ${provider.name} "${entry.name}". Its models are ${prefix}/…${example}\n`);
  return 0;
}

async function store(file: ConfigFile, vault: FileVault, account: AccountConfig, key: GivenKey): Promise<void> {
  const reference = account.credential;
  const secret = key.from === 'stdin' && reference && 'secret' in reference ? { name: reference.secret, value: key.value } : undefined;
  if (secret) await vault.set(secret.name, secret.value);
  try {
    await file.update((config) => addAccount(config, account));
  } catch (error) {
    if (secret) await vault.delete(secret.name);
    throw error;
  }
}
