import { parseArgs } from 'node:util';
import { CLIENT_IDS, type Client } from '../clients/client.ts';
import { CLIENTS, clientById, nearestClients } from '../clients/registry.ts';
import { WishError } from '../clients/tool-setup.ts';
import { usageOf } from './help.ts';
import { dataFolder, type Io, UsageError } from './io.ts';
import { durationOption, listOption, numberOption, orNone } from './options.ts';
import { setupContext } from './setup/context.ts';
import { listTools } from './setup/list.ts';
import { showKey } from './setup/show-key.ts';
import { undo } from './setup/undo.ts';
import { verify } from './setup/verify.ts';
import { setUp } from './setup/write.ts';

const OPTIONS = {
  model: { type: 'string' },
  models: { type: 'string' },
  rpm: { type: 'string' },
  port: { type: 'string' },
  'dry-run': { type: 'boolean' },
  undo: { type: 'boolean' },
  list: { type: 'boolean' },
  check: { type: 'boolean' },
  verify: { type: 'boolean' },
  wait: { type: 'string' },
  'show-key': { type: 'boolean' },
  yes: { type: 'boolean' },
  json: { type: 'boolean' },
  data: { type: 'string' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** What is done with a tool; without any of these it is set up. */
const ACTIONS = ['dry-run', 'undo', 'list', 'check', 'verify', 'show-key'] as const;
/** Options that only setting up knows. */
const WISHES = ['model', 'models', 'rpm'] as const;

/** `omniroute setup [TOOL]`: points a tool at the gateway with a key of its own, shows what that changes, takes it back. */
export async function setup(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  if (positionals.length > 1) throw new UsageError(`"${positionals.slice(1).join(' ')}" is too much\n${usageOf('setup')}`);
  const action = actionOf(values);
  const clients = positionals[0] === undefined ? CLIENTS : [toolNamed(positionals[0])];
  const wish = wishOf(values);
  const waitMs = durationOption('--wait', values.wait) ?? 60_000;
  const context = await setupContext(dataFolder(values.data, io.env), io, portOption(values.port), clients);
  const [client] = clients;
  if (positionals.length === 0 || action === 'list' || action === 'check') {
    if (positionals.length === 0 && action !== undefined && action !== 'list' && action !== 'check') throw noTool(action);
    return await listTools(context, clients, { json: values.json, check: action === 'check' });
  }
  if (!client) throw noTool(action ?? 'setup');
  switch (action) {
    case 'undo':
      return await undo(context, client, values);
    case 'verify':
      return await verify(context, client, { waitMs, json: values.json });
    case 'show-key':
      return await showKey(context, client);
    case 'dry-run':
    case undefined:
      return await setUp(context, client, wish, { ...values, dryRun: action === 'dry-run' }).catch(wishTold);
  }
}

function actionOf(values: Values): (typeof ACTIONS)[number] | undefined {
  const [action, ...more] = ACTIONS.filter((name) => values[name]);
  if (more.length > 0) throw new UsageError(`--${action} and --${more[0]} do not go together\n${usageOf('setup')}`);
  const idle = action === undefined || action === 'dry-run' ? undefined : WISHES.find((name) => values[name] !== undefined);
  if (idle) throw new UsageError(`--${idle} does not go with --${action}\n${usageOf('setup')}`);
  return action;
}

function wishOf(values: Values) {
  return {
    model: values.model,
    models: orNone(values.models, (text) => listOption('--models', text) ?? []),
    rpm: orNone(values.rpm, (text) => numberOption('--rpm', text) ?? 0),
  };
}

function portOption(text: string | undefined): number | undefined {
  const port = numberOption('--port', text);
  if (port !== undefined && port > 65_535) throw new UsageError(`--port must be a number from 1 to 65535, not "${text}"`);
  return port;
}

function toolNamed(word: string): Client {
  const client = clientById(word);
  if (client) return client;
  if (CLIENT_IDS.some((id) => id === word)) throw new Error(`${word} is set up in the editor: view “Tools” of the OmniRoute extension.`);
  throw new UsageError(`there is no tool "${word}"; nearest: ${nearestClients(word, 2).join(', ')}. "omniroute setup --list" tells of all`);
}

function noTool(action: string): UsageError {
  return new UsageError(`--${action} needs a tool: omniroute setup TOOL --${action}`);
}

function wishTold(error: unknown): never {
  if (error instanceof WishError) throw new UsageError(error.message);
  throw error;
}
