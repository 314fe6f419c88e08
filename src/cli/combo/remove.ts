import { parseArgs } from 'node:util';
import { removeCombo } from '../../accounts/manage.ts';
import { ConfigFile } from '../../config/file.ts';
import { dataFolder, type Io } from '../io.ts';
import { theName } from '../subcommands.ts';

/** `omniroute combo remove NAME`. */
export async function remove(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const name = theName(positionals, 'combo remove');
  await new ConfigFile(dataFolder(values.data, io.env)).update((config) => removeCombo(config, name));
  io.stdout.write(`Removed ${name}.\n`);
  return 0;
}
