import { parseArgs } from 'node:util';
import { FileVault } from '../../accounts/file-vault.ts';
import { dropKeyBudgets } from '../../accounts/manage.ts';
import { ConfigFile } from '../../config/file.ts';
import { FIRST_KEY, FIRST_KEY_SECRET } from '../../gateway/first-key.ts';
import { dataFolder, type Io } from '../io.ts';
import { removedBudgetsLine } from '../removed-budgets.ts';
import { theName } from '../subcommands.ts';

/** `omniroute key remove NAME`: refused from now on, also the key before the last rotation. */
export async function remove(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const name = theName(positionals, 'key remove');
  const folder = dataFolder(values.data, io.env);
  const budgets = await new ConfigFile(folder).update((config) => {
    const left = config.keys.filter((entry) => entry.name !== name);
    if (left.length === config.keys.length) throw new Error(`There is no key named "${name}".`);
    config.keys = left;
    return dropKeyBudgets(config, name);
  });
  if (name === FIRST_KEY) await new FileVault(folder).delete(FIRST_KEY_SECRET);
  io.stdout.write(`Removed: "${name}" is refused from now on.\n${removedBudgetsLine(budgets)}`);
  return 0;
}
