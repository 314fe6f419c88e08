import { parseArgs } from 'node:util';
import { knownModels } from '../accounts/known-models.ts';
import { removeRoute, saveRoute } from '../accounts/manage.ts';
import { ConfigFile } from '../config/file.ts';
import { usageOf } from './help.ts';
import { dataFolder, type Io, UsageError, writeList } from './io.ts';
import { noNames, subcommands, theName } from './subcommands.ts';

/** `omniroute route …`: where names that fit a pattern go. */
export const route = subcommands('route', { set, list, remove });

async function set(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { force: { type: 'boolean' }, data: { type: 'string' } },
  });
  const [match, to, ...more] = positionals;
  if (!match || !to || more.length > 0) throw new UsageError(`a route has a pattern and one target\n${usageOf('route set')}`);
  await new ConfigFile(dataFolder(values.data, io.env)).update((config) =>
    saveRoute(config, { match, to }, values.force ? undefined : knownModels(config)),
  );
  io.stdout.write(`Names like ${match} go to ${to}.\n`);
  return 0;
}

async function list(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { json: { type: 'boolean' }, data: { type: 'string' } },
  });
  noNames(positionals, 'route list');
  const { routes } = await new ConfigFile(dataFolder(values.data, io.env)).load();
  const rows = routes.map(({ match, to }) => [match, to]);
  writeList(io, { json: values.json }, routes, rows, 'No routes yet: "omniroute route set PATTERN TARGET" makes one.');
  return 0;
}

async function remove(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { data: { type: 'string' } } });
  const match = theName(positionals, 'route remove', 'a pattern');
  await new ConfigFile(dataFolder(values.data, io.env)).update((config) => removeRoute(config, match));
  io.stdout.write(`Removed ${match}.\n`);
  return 0;
}
