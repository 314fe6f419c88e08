import { parseArgs } from 'node:util';
import { FileVault } from '../../accounts/file-vault.ts';
import { joinedAccount, ownVaultName, setCredential } from '../../accounts/manage.ts';
import type { Vault } from '../../accounts/vault.ts';
import { ConfigFile } from '../../config/file.ts';
import type { CredentialRef } from '../../config/schema.ts';
import { usageOf } from '../help.ts';
import { dataFolder, type Io, UsageError } from '../io.ts';
import { theName } from '../subcommands.ts';
import { refuseBadKey } from './check.ts';
import { forget } from './forget.ts';
import { type GivenKey, givenKey, referenceTo } from './key-input.ts';
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
  const credential = referenceTo(key, ownVaultName(file.current, account.id));
  if (!credential) throw new UsageError('the new key is missing');
  if (!values['no-test']) await refuseBadKey({ ...account, credential }, key, io);
  await exchange(file, new FileVault(folder), account.id, credential, key);
  io.stdout.write(`${account.name} has a new key.\n`);
  return 0;
}

/** Nothing of the old key goes before the new one is stored, and it comes back should the config refuse the change. */
async function exchange(file: ConfigFile, vault: Vault, id: string, credential: CredentialRef, key: GivenKey): Promise<void> {
  const secret = key.from === 'stdin' && 'secret' in credential ? credential.secret : undefined;
  // An old key that cannot be read any more is no reason to refuse a new one.
  const before = secret === undefined ? undefined : await vault.get(secret).catch(() => undefined);
  if (secret !== undefined && key.from === 'stdin') await vault.set(secret, key.value);
  const change = file.update((config) => setCredential(config, id, credential, new Date()));
  const { unused } = await change.catch(async (error: unknown) => {
    if (secret !== undefined && before !== undefined) await vault.set(secret, before);
    throw error;
  });
  await forget(vault, unused, file.current);
}
