import { parseArgs } from 'node:util';
import { editAccount } from '../../accounts/manage.ts';
import { ConfigFile } from '../../config/file.ts';
import { dataFolder, type Io } from '../io.ts';
import { type Command, theName } from '../subcommands.ts';
import { namedAccount } from './named.ts';

/** `omniroute account enable NAME`. */
export const enable: Command = (args, io) => turn(args, io, true);

/** `omniroute account disable NAME`: nothing is sent to it until it is enabled. */
export const disable: Command = (args, io) => turn(args, io, false);

async function turn(args: string[], io: Io, enabled: boolean): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const word = enabled ? 'enable' : 'disable';
  const name = theName(positionals, `account ${word}`);
  const changed = await new ConfigFile(dataFolder(values.data, io.env)).update((config) =>
    editAccount(config, namedAccount(config, name).id, { enabled }),
  );
  io.stdout.write(`${changed.name} is ${word}d.\n`);
  return 0;
}
