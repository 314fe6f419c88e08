import { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { openAuditLog } from '../log/audit.ts';
import { configChanges } from '../log/config-changes.ts';
import { runningGateway } from './gateway-client.ts';
import { dataFolder, type Io } from './io.ts';
import type { Command } from './subcommands.ts';

/** A command that may change the config: what it changed is in the audit log. A running gateway sees the change and notes it itself. */
export function audited(command: Command): Command {
  return async (args, io) => {
    const folder = dataFolder(optionOf(args, '--data'), io.env);
    const before = await configOf(folder);
    const code = await command(args, io);
    const after = await configOf(folder);
    if (before && after) await note(folder, before, after, io);
    return code;
  };
}

async function note(folder: string, before: Config, after: Config, io: Io): Promise<void> {
  const changes = configChanges(before, after);
  if (changes.length === 0 || (await runningGateway(folder))) return;
  const log = openAuditLog({ folder, say: (line) => io.stderr.write(`${line}\n`) });
  for (const change of changes) log.audit({ who: 'cli', ...change });
  await log.flush();
}

/** A config that cannot be read is the command's to complain of. */
async function configOf(folder: string): Promise<Config | undefined> {
  return await new ConfigFile(folder).load().catch(() => undefined);
}

function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  return at < 0 ? undefined : args[at] === name ? args[at + 1] : args[at]?.slice(name.length + 1);
}
