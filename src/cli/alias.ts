import { parseArgs } from 'node:util';
import { knownModels } from '../accounts/known-models.ts';
import { removeAlias, setAlias } from '../accounts/manage.ts';
import { ConfigFile } from '../config/file.ts';
import { usageOf } from './help.ts';
import { dataFolder, type Io, UsageError, writeList } from './io.ts';
import { noNames, subcommands, theName } from './subcommands.ts';

/** `omniroute alias …`: other names of models and combos. */
export const alias = subcommands('alias', { set, list, remove });

async function set(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { force: { type: 'boolean' }, data: { type: 'string' } },
  });
  const [name, target, ...more] = positionals;
  if (!name || !target || more.length > 0) throw new UsageError(`an alias has a name and one target\n${usageOf('alias set')}`);
  await new ConfigFile(dataFolder(values.data, io.env)).update((config) =>
    setAlias(config, name, target, values.force ? undefined : knownModels(config)),
  );
  io.stdout.write(`${name} is another name of ${target}.\n`);
  return 0;
}

async function list(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, data: { type: 'string' } },
  });
  noNames(positionals, 'alias list');
  const { aliases } = await new ConfigFile(dataFolder(values.data, io.env)).load();
  const items = Object.entries(aliases).map(([name, target]) => ({ name, target }));
  const rows = items.map(({ name, target }) => [name, target]);
  writeList(io, { json: values.json }, items, rows, 'No aliases yet: "omniroute alias set NAME TARGET" makes one.');
  return 0;
}

async function remove(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const name = theName(positionals, 'alias remove');
  await new ConfigFile(dataFolder(values.data, io.env)).update((config) => removeAlias(config, name));
  io.stdout.write(`Removed ${name}.\n`);
  return 0;
}
