import { parseArgs } from 'node:util';
import { FileVault } from '../../accounts/file-vault.ts';
import { ConfigFile } from '../../config/file.ts';
import type { CheckResult } from '../../routing/check-account.ts';
import { dataFolder, type Io } from '../io.ts';
import { theName } from '../subcommands.ts';
import { check } from './check.ts';
import { namedAccount } from './named.ts';

const WAIT_MS = 15_000;

/** `omniroute account test NAME`: exit code 0 when the provider showed that the key works. */
export async function test(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { model: { type: 'string' }, data: { type: 'string' } },
  });
  const name = theName(positionals, 'account test');
  const folder = dataFolder(values.data, io.env);
  const account = namedAccount(await new ConfigFile(folder).load(), name);
  const result = await check(account, { vault: new FileVault(folder), env: io.env }, { waitMs: WAIT_MS, model: values.model });
  return told(account.name, result, io);
}

function told(name: string, result: CheckResult, io: Io): number {
  if (!result.ok) {
    io.stderr.write(`${name} ${result.refused ? 'is refused' : 'could not be tested'}: ${result.error.message}\n`);
    return 1;
  }
  if (result.note) io.stderr.write(`Note: ${result.note}\n`);
  switch (result.proof) {
    case 'models':
      io.stdout.write(`${name} works: the provider lists ${result.models?.length ?? 0} models (${result.ms} ms).\n`);
      return 0;
    case 'completion':
      io.stdout.write(`${name} works: the provider completed a request (${result.ms} ms).\n`);
      return 0;
    case 'none':
      io.stderr.write(`${name} could not be tested: the provider lists no models. --model MODEL asks one for a token.\n`);
      return 1;
  }
}
