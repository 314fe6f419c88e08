import { parseArgs } from 'node:util';
import { FileVault } from '../accounts/file-vault.ts';
import { addKey } from '../accounts/gateway-keys.ts';
import { ConfigFile } from '../config/file.ts';
import { FIRST_KEY_SECRET } from '../gateway/start.ts';
import { dataFolder, type Io, table, UsageError } from './io.ts';

/** `omniroute key new | list | remove`: the keys tools use towards the gateway. */
export async function key(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { models: { type: 'string' }, data: { type: 'string' } },
  });
  const [action, name] = positionals;
  const folder = dataFolder(values.data, io.env);
  const file = new ConfigFile(folder);
  switch (action) {
    case 'new': {
      const wanted = required(name, 'key new NAME');
      const patterns = values.models
        ?.split(',')
        .map((pattern) => pattern.trim())
        .filter(Boolean);
      const made = await file.update((config) => addKey(config, wanted, patterns?.length ? patterns : undefined, new Date()));
      io.stdout.write(`${made.key}\n`);
      return 0;
    }
    case 'list': {
      const { keys } = await file.load();
      const rows = keys.map((entry) => [
        entry.name,
        `…${entry.hint ?? '????'}`,
        entry.createdAt ?? '',
        entry.models?.join(', ') ?? 'all models',
      ]);
      io.stdout.write(rows.length > 0 ? `${table(rows)}\n` : 'No keys yet: "omniroute key new NAME" makes one.\n');
      return 0;
    }
    case 'remove': {
      const wanted = required(name, 'key remove NAME');
      await file.update((config) => {
        const left = config.keys.filter((entry) => entry.name !== wanted);
        if (left.length === config.keys.length) throw new Error(`There is no key named "${wanted}".`);
        config.keys = left;
      });
      if (wanted === 'default') await new FileVault(folder).delete(FIRST_KEY_SECRET);
      io.stdout.write(`Removed: "${wanted}" is refused from now on.\n`);
      return 0;
    }
    default:
      throw new UsageError('key new NAME [--models PATTERN,…] | key list | key remove NAME');
  }
}

function required(value: string | undefined, usage: string): string {
  if (!value) throw new UsageError(`a name is missing: omniroute ${usage}`);
  return value;
}
