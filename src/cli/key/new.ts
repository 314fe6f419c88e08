import { parseArgs } from 'node:util';
import { addKey } from '../../accounts/gateway-keys.ts';
import { ConfigFile } from '../../config/file.ts';
import { dataFolder, type Io } from '../io.ts';
import { listOption, momentOption, numberOption } from '../options.ts';
import { theName } from '../subcommands.ts';

const OPTIONS = {
  models: { type: 'string' },
  rpm: { type: 'string' },
  expires: { type: 'string' },
  admin: { type: 'boolean' },
  data: { type: 'string' },
} as const;

/** `omniroute key new NAME`: prints the key, alone; it is nowhere else. */
export async function make(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const name = theName(positionals, 'key new');
  const now = new Date();
  const options = {
    models: listOption('--models', values.models),
    rpm: numberOption('--rpm', values.rpm),
    expiresAt: momentOption('--expires', values.expires, now.getTime())?.toISOString(),
    admin: values.admin,
  };
  const made = await new ConfigFile(dataFolder(values.data, io.env)).update((config) => addKey(config, name, options, now));
  io.stdout.write(`${made.key}\n`);
  return 0;
}
