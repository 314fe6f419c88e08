import { ManageError } from '../accounts/manage.ts';
import { nearest } from '../config/nearest.ts';
import { VERSION } from '../version.ts';
import { account } from './account/index.ts';
import { alias } from './alias.ts';
import { audited } from './audited.ts';
import { backup } from './backup.ts';
import { budget } from './budget.ts';
import { combo } from './combo/index.ts';
import { diagnostics } from './diagnostics.ts';
import { explain } from './explain.ts';
import { health } from './health.ts';
import { help, usageOf } from './help.ts';
import { type Io, UsageError } from './io.ts';
import { key } from './key/index.ts';
import { logs } from './logs.ts';
import { models } from './models.ts';
import { providers } from './providers.ts';
import { quota } from './quota.ts';
import { route } from './route.ts';
import { serve } from './serve.ts';
import { setup } from './setup.ts';
import { status } from './status.ts';
import type { Command } from './subcommands.ts';
import { usage } from './usage.ts';

const COMMANDS: Record<string, Command> = {
  serve,
  status,
  models,
  explain,
  health,
  providers,
  account,
  combo,
  alias,
  route,
  budget,
  key,
  setup,
  usage,
  quota,
  logs,
  backup,
  diagnostics,
};

/** Commands that may change the config. */
const CHANGING: ReadonlySet<Command> = new Set([account, combo, alias, route, budget, key, setup, backup]);

/** Runs one command; gives the exit code: 0 done, 1 failed, 2 called wrongly. */
export async function main(args: string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.stdout.write(help());
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    io.stderr.write(
      `omniroute: unknown command "${name}"; nearest: ${nearest(name, Object.keys(COMMANDS), 2).join(', ')}. "omniroute --help" lists the commands.\n`,
    );
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.stdout.write(`${usageOf(`${name} ${rest[0]}`) || usageOf(name)}\n`);
    return 0;
  }
  try {
    return await (CHANGING.has(command) ? audited(command) : command)(rest, io);
  } catch (error) {
    return told(error, io);
  }
}

function told(error: unknown, io: Io): number {
  if (isMistake(error)) {
    io.stderr.write(`omniroute: ${error.message}\n`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  io.stderr.write(`omniroute: ${message}\n`);
  return 1;
}

/** What the caller has to put right: the words of the command, or a value that cannot be. */
function isMistake(error: unknown): error is Error {
  if (error instanceof UsageError || (error instanceof ManageError && error.code === 'invalid')) return true;
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS');
}
