import { parseArgs } from 'node:util';
import { FileVault } from '../../accounts/file-vault.ts';
import { joinedAccount, setCredential } from '../../accounts/manage.ts';
import { ConfigFile } from '../../config/file.ts';
import { usageOf } from '../help.ts';
import { dataFolder, type Io, UsageError } from '../io.ts';
import { theName } from '../subcommands.ts';
import { refuseBadKey } from './check.ts';
import { forget } from './forget.ts';
import { givenKey, referenceTo } from './key-input.ts';
import { namedAccount } from './named.ts';

const OPTIONS = {
  'key-env': { type: 'string' },
  'key-stdin': { type: 'boolean' },
  'no-test': { type: 'boolean' },
  data: { type: 'string' },
} as const;

/** `omniroute account rotate NAME …`: another key for an account. The old one stays until the new one is tested and stored. */
export async function rotate(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const name = theName(positionals, 'account rotate');
  if (values['key-env'] === undefined && !values['key-stdin'])
    throw new UsageError(`the new key is missing: --key-env VAR or --key-stdin\n${usageOf('account rotate')}`);
  const folder = dataFolder(values.data, io.env);
  const file = new ConfigFile(folder);
  const account = namedAccount(await file.load(), name);
  const key = await givenKey(values, joinedAccount(account).provider, io);
  const credential = referenceTo(key, account.id);
  if (!credential) throw new UsageError('the new key is missing');
  if (!values['no-test']) await refuseBadKey({ ...account, credential }, key, io);
  const vault = new FileVault(folder);
  if (key.from === 'stdin' && 'secret' in credential) await vault.set(credential.secret, key.value);
  const { unused } = await file.update((config) => setCredential(config, account.id, credential, new Date()));
  await forget(vault, unused, file.current);
  io.stdout.write(`${account.name} has a new key.\n`);
  return 0;
}
