import { parseArgs } from 'node:util';
import { renameCombo } from '../../accounts/manage.ts';
import { ConfigFile } from '../../config/file.ts';
import { usageOf } from '../help.ts';
import { dataFolder, type Io, UsageError } from '../io.ts';

/** `omniroute combo rename NAME NEW-NAME`: what names it follows. */
export async function rename(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const [name, to, ...more] = positionals;
  if (!name || !to || more.length > 0) throw new UsageError(`two names are needed\n${usageOf('combo rename')}`);
  await new ConfigFile(dataFolder(values.data, io.env)).update((config) => renameCombo(config, name, to));
  io.stdout.write(`${name} is ${to} now, also where it was named.\n`);
  return 0;
}
