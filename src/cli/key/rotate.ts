import { parseArgs } from 'node:util';
import { FileVault } from '../../accounts/file-vault.ts';
import { rotateKey } from '../../accounts/gateway-keys.ts';
import { ConfigFile } from '../../config/file.ts';
import { FIRST_KEY, FIRST_KEY_SECRET } from '../../gateway/first-key.ts';
import { dataFolder, type Io } from '../io.ts';
import { durationOption } from '../options.ts';
import { theName } from '../subcommands.ts';

const DAY_MS = 86_400_000;

/** `omniroute key rotate NAME`: prints the new key, alone. The old one is taken until the grace is over. */
export async function rotate(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { grace: { type: 'string' }, data: { type: 'string' } },
  });
  const name = theName(positionals, 'key rotate');
  const graceMs = durationOption('--grace', values.grace) ?? DAY_MS;
  const folder = dataFolder(values.data, io.env);
  const { key, entry } = await new ConfigFile(folder).update((config) => rotateKey(config, name, graceMs, new Date()));
  // The first key can be shown again, and the command line itself uses it.
  if (entry.name === FIRST_KEY) await new FileVault(folder).set(FIRST_KEY_SECRET, key);
  const until = entry.previous?.until;
  io.stderr.write(until ? `The old key works until ${new Date(until).toLocaleString()}.\n` : 'The old key is refused from now on.\n');
  io.stdout.write(`${key}\n`);
  return 0;
}
