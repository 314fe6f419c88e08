import { parseArgs } from 'node:util';
import { ConfigFile } from '../config/file.ts';
import { comboSchema } from '../config/schema.ts';
import { dataFolder, type Io, table, UsageError } from './io.ts';

/** `omniroute combo set | list | remove`: names that stand for several models, tried in order. */
export async function combo(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { strategy: { type: 'string' }, data: { type: 'string' } },
  });
  const [action, name, ...targets] = positionals;
  const file = new ConfigFile(dataFolder(values.data, io.env));
  switch (action) {
    case 'set': {
      if (!name || targets.length === 0) throw new UsageError('combo set NAME [--strategy fill-first] MODEL…');
      if (values.strategy !== undefined && values.strategy !== 'fill-first')
        throw new UsageError(`the strategy "${values.strategy}" is not known; there is fill-first`);
      await file.update((config) => {
        config.combos = [...config.combos.filter((entry) => entry.name !== name), comboSchema.parse({ name, targets })];
      });
      io.stdout.write(`${name}: ${targets.join(', then ')}\n`);
      return 0;
    }
    case 'list': {
      const { combos } = await file.load();
      const rows = combos.map((entry) => [entry.name, entry.strategy, entry.targets.join(', ')]);
      io.stdout.write(rows.length > 0 ? `${table(rows)}\n` : 'No combos yet: "omniroute combo set NAME MODEL MODEL…" makes one.\n');
      return 0;
    }
    case 'remove': {
      await file.update((config) => {
        const left = config.combos.filter((entry) => entry.name !== name);
        if (left.length === config.combos.length) throw new Error(`There is no combo named "${name ?? ''}".`);
        config.combos = left;
      });
      io.stdout.write(`Removed ${name}.\n`);
      return 0;
    }
    default:
      throw new UsageError('combo set NAME MODEL… | combo list | combo remove NAME');
  }
}
