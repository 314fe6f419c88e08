import { parseArgs } from 'node:util';
import { knownModels } from '../../accounts/known-models.ts';
import { saveCombo } from '../../accounts/manage.ts';
import { comboSchema } from '../../config/combos.ts';
import { ConfigFile } from '../../config/file.ts';
import { usageOf } from '../help.ts';
import { dataFolder, type Io, UsageError } from '../io.ts';
import { checkedBy } from '../options.ts';
import { comboFrom, SET_OPTIONS } from './options.ts';

/** `omniroute combo set NAME MODEL…`: makes a combo, or changes its targets and the options given. */
export async function set(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: SET_OPTIONS });
  const [name, ...targets] = positionals;
  if (!name || targets.length === 0) throw new UsageError(`${name ? 'a model' : 'a name'} is missing\n${usageOf('combo set')}`);
  // What is wrong with the words alone is said before any file is touched.
  checkedBy(comboSchema, comboFrom(undefined, name, targets, values));
  const saved = await new ConfigFile(dataFolder(values.data, io.env)).update((config) => {
    const before = config.combos.find((entry) => entry.name === name);
    return saveCombo(config, comboFrom(before, name, targets, values), values.force ? undefined : knownModels(config));
  });
  io.stdout.write(`${name} (${saved.strategy}${saved.enabled ? '' : ', disabled'}): ${saved.targets.join(', then ')}\n`);
  return 0;
}
