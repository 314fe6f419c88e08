import { parseArgs } from 'node:util';
import * as z from 'zod';
import { ConfigFile } from '../config/file.ts';
import { namedAccount } from './account/named.ts';
import { runningGateway } from './gateway-client.ts';
import { usageOf } from './help.ts';
import { dataFolder, type Io, UsageError, writeList } from './io.ts';
import { offlineRouter } from './offline.ts';

const OPTIONS = {
  json: { type: 'boolean' },
  model: { type: 'string' },
  provider: { type: 'string' },
  data: { type: 'string' },
} as const;

interface Scope {
  /** Id. */
  account?: string;
  model?: string;
  provider?: string;
}

type Named = { id: string; name: string };

/** Of a `HealthEntry`, what is shown. */
export const healthEntrySchema = z.looseObject({
  scope: z.enum(['account', 'model', 'provider']),
  id: z.string(),
  model: z.string().optional(),
  state: z.string().optional(),
  block: z.looseObject({ reason: z.string(), detail: z.string() }).optional(),
  failures: z.number(),
});
export type ShownHealth = z.infer<typeof healthEntrySchema>;
const healthBody = z.looseObject({ health: z.array(healthEntrySchema) });
const resetBody = z.looseObject({ reset: z.number() });

/** `omniroute health` and `omniroute health reset …`: what is not well, and forgetting it. */
export async function health(args: string[], io: Io): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: OPTIONS });
  const [action, account, ...more] = positionals;
  if ((action !== undefined && action !== 'reset') || more.length > 0)
    throw new UsageError(`"${positionals.join(' ')}" is not understood\n${usageOf('health')}`);
  const folder = dataFolder(values.data, io.env);
  const { model, provider } = values;
  if (action === 'reset') return await reset(folder, { account, model, provider }, io);
  if (model !== undefined || provider !== undefined) throw new UsageError(`--model and --provider belong to reset\n${usageOf('health')}`);
  return await show(folder, values.json === true, io);
}

async function show(folder: string, json: boolean, io: Io): Promise<number> {
  const config = await new ConfigFile(folder).load();
  const gateway = await runningGateway(folder);
  const entries = gateway ? healthBody.parse(await gateway.get('/admin/health')).health : await offlineHealth(folder, io);
  writeList(io, { json }, entries, healthRows(entries, config), 'All is well.');
  return 0;
}

async function offlineHealth(folder: string, io: Io): Promise<ShownHealth[]> {
  const { health: book } = await offlineRouter(folder, (line) => io.stderr.write(`${line}\n`));
  return z.array(healthEntrySchema).parse(book.list());
}

/** A line for each: what it holds for, what is wrong, and for how long (a block's detail says that). */
export function healthRows(entries: readonly ShownHealth[], { accounts }: { accounts: readonly Named[] }): string[][] {
  return entries.map(({ scope, id, model, state, block, failures }) => [
    scope === 'provider' ? id : [nameOf(accounts, id), model].filter(Boolean).join(' · '),
    state ?? block?.reason ?? '',
    block?.detail ?? `${failures} ${failures === 1 ? 'failure' : 'failures'} in a row`,
  ]);
}

function nameOf(accounts: readonly Named[], id: string): string {
  return accounts.find((entry) => entry.id === id)?.name ?? id;
}

async function reset(folder: string, wanted: { [K in keyof Scope]: string | undefined }, io: Io): Promise<number> {
  const config = await new ConfigFile(folder).load();
  const scope: Scope = {
    ...(wanted.account === undefined ? {} : { account: namedAccount(config, wanted.account).id }),
    ...(wanted.model === undefined ? {} : { model: wanted.model }),
    ...(wanted.provider === undefined ? {} : { provider: wanted.provider }),
  };
  const gateway = await runningGateway(folder);
  const count = gateway ? resetBody.parse(await gateway.post('/admin/health/reset', scope)).reset : await offlineReset(folder, scope, io);
  io.stdout.write(count === 0 ? 'There was nothing to forget.\n' : `Forgot ${count} ${count === 1 ? 'entry' : 'entries'}.\n`);
  return 0;
}

async function offlineReset(folder: string, scope: Scope, io: Io): Promise<number> {
  const { health: book, save } = await offlineRouter(folder, (line) => io.stderr.write(`${line}\n`));
  const count = book.reset(scope);
  await save();
  return count;
}
