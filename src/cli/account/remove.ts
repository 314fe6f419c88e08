import { parseArgs } from 'node:util';
import { FileVault } from '../../accounts/file-vault.ts';
import { removeAccount } from '../../accounts/manage.ts';
import { ConfigFile } from '../../config/file.ts';
import { dataFolder, type Io } from '../io.ts';
import { removedBudgetsLine } from '../removed-budgets.ts';
import { theName } from '../subcommands.ts';
import { forget } from './forget.ts';
import { namedAccount } from './named.ts';

/** `omniroute account remove NAME`: the account, and its key in the vault. */
export async function remove(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const name = theName(positionals, 'account remove');
  const folder = dataFolder(values.data, io.env);
  const file = new ConfigFile(folder);
  const { account, secret, budgets } = await file.update((config) => removeAccount(config, namedAccount(config, name).id));
  const gone = await forget(new FileVault(folder), secret, file.current);
  io.stdout.write(`Removed ${account.name}${gone ? ', and its key with it' : ''}.\n${removedBudgetsLine(budgets)}`);
  return 0;
}
