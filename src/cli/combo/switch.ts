import { parseArgs } from 'node:util';
import { ConfigFile } from '../../config/file.ts';
import { dataFolder, type Io } from '../io.ts';
import { type Command, theName } from '../subcommands.ts';

/** `omniroute combo enable NAME`. */
export const enable: Command = (args, io) => turn(args, io, true);

/** `omniroute combo disable NAME`: its name leads nowhere until it is enabled. */
export const disable: Command = (args, io) => turn(args, io, false);

async function turn(args: string[], io: Io, enabled: boolean): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const word = enabled ? 'enable' : 'disable';
  const name = theName(positionals, `combo ${word}`);
  await new ConfigFile(dataFolder(values.data, io.env)).update((config) => {
    const combo = config.combos.find((entry) => entry.name === name);
    if (!combo) throw new Error(`There is no combo named "${name}".`);
    combo.enabled = enabled;
  });
  io.stdout.write(`${name} is ${word}d.\n`);
  return 0;
}
