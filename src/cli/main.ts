import { ConfigError } from '../config/file.ts';
import { VERSION } from '../version.ts';
import { account } from './account.ts';
import { combo } from './combo.ts';
import { type Io, UsageError } from './io.ts';
import { key } from './key.ts';
import { models } from './models.ts';
import { providers } from './providers.ts';
import { serve } from './serve.ts';
import { status } from './status.ts';

type Command = (args: string[], io: Io) => Promise<number>;

const COMMANDS: Record<string, Command> = { serve, account, key, combo, models, status, providers };

const HELP = `OmniRoute ${VERSION}: one local AI gateway for every coding tool.

  omniroute serve [--port 20128] [--host 127.0.0.1]
  omniroute account add PROVIDER --name NAME [--base-url URL] [--prefix P] [--param NAME=VALUE] (--key-env VAR | --key-stdin | --no-key)
  omniroute account list
  omniroute account remove NAME
  omniroute key new NAME [--models PATTERN,…]      prints the key, alone, once
  omniroute key list
  omniroute key remove NAME
  omniroute combo set NAME [--strategy fill-first] MODEL…
  omniroute combo list
  omniroute combo remove NAME
  omniroute models                                 every model that would route
  omniroute providers [WORD]                       every provider an account can be added for
  omniroute status                                 is a gateway running, and with what
  omniroute --help | --version

Every command takes --data DIR (else OMNIROUTE_DATA, else ~/.omniroute).
All but serve work whether or not the gateway runs; a running gateway notices changes at once.
`;

/** Runs one command; gives the exit code: 0 done, 1 failed, 2 called wrongly. */
export async function main(args: string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') {
    io.stdout.write(`${VERSION}\n`);
    return 0;
  }
  if (name === undefined || name === '--help' || name === '-h' || name === 'help' || rest.includes('--help')) {
    io.stdout.write(HELP);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (!command) {
    io.stderr.write(`omniroute: unknown command "${name}". "omniroute --help" lists the commands.\n`);
    return 2;
  }
  try {
    return await command(rest, io);
  } catch (error) {
    return told(error, io);
  }
}

function told(error: unknown, io: Io): number {
  if (error instanceof UsageError || isParseArgsError(error)) {
    io.stderr.write(`omniroute: ${(error as Error).message}\n`);
    return 2;
  }
  const message = error instanceof ConfigError || error instanceof Error ? error.message : String(error);
  io.stderr.write(`omniroute: ${message}\n`);
  return 1;
}

function isParseArgsError(error: unknown): boolean {
  return typeof (error as { code?: unknown } | null)?.code === 'string' && (error as { code: string }).code.startsWith('ERR_PARSE_ARGS');
}
