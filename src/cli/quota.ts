import { parseArgs } from 'node:util';
import * as z from 'zod';
import { quotaView } from '../routing/quota/view.ts';
import { runningGateway } from './gateway-client.ts';
import { dataFolder, type Io, writeList } from './io.ts';
import { offlineRouter } from './offline.ts';

const amount = z.number().nullable();
const windowSchema = z.looseObject({
  label: z.string(),
  model: z.string().nullable(),
  usedPercent: amount,
  used: amount,
  limit: amount,
  remaining: amount,
  unit: z.string(),
  resetsAt: amount,
  source: z.string(),
  at: z.number(),
  forecast: z.looseObject({ exhaustedAt: amount, lastsUntilReset: z.boolean() }).nullable(),
});
const accountSchema = z.looseObject({
  account: z.string(),
  windows: z.array(windowSchema),
  error: z.looseObject({ message: z.string() }).nullable(),
});
const quotaBody = z.looseObject({ accounts: z.array(accountSchema) });
const namesBody = z.looseObject({ accounts: z.array(z.looseObject({ id: z.string(), name: z.string() })) });

type Shown = z.output<typeof accountSchema>;
type Window = Shown['windows'][number];

/** `omniroute quota`: what is left of each account, as last told. Unknown is a dash. */
export async function quota(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean' }, data: { type: 'string' } } });
  const { accounts, names } = await known(dataFolder(values.data, io.env), io);
  const now = Date.now();
  const rows = accounts.flatMap((entry) => rowsOf(entry, names.get(entry.account) ?? entry.account, now));
  const head = ['account', 'window', 'used', 'left', 'resets in', 'lasts', 'told by'];
  writeList(io, { json: values.json }, accounts, rows.length > 0 ? [head, ...rows] : [], 'No accounts yet.');
  return 0;
}

async function known(folder: string, io: Io): Promise<{ accounts: Shown[]; names: Map<string, string> }> {
  const gateway = await runningGateway(folder);
  if (gateway) {
    const { accounts } = quotaBody.parse(await gateway.get('/admin/quota'));
    const named = namesBody.parse(await gateway.get('/admin/status'));
    return { accounts, names: new Map(named.accounts.map(({ id, name }) => [id, name])) };
  }
  const { router, config } = await offlineRouter(folder, (line) => io.stderr.write(`${line}\n`));
  const { accounts } = quotaBody.parse({ accounts: quotaView(router.quota.list(), Date.now()) });
  return { accounts, names: new Map(config.accounts.map(({ id, name }) => [id, name])) };
}

function rowsOf({ windows, error }: Shown, name: string, now: number): string[][] {
  if (windows.length === 0) return [[name, '–', '–', '–', '–', '–', error ? error.message : 'nothing told yet']];
  return windows.map((window) => [
    name,
    window.model ? `${window.label} (${window.model})` : window.label,
    window.usedPercent === null ? '–' : `${Math.round(window.usedPercent)} %`,
    window.remaining === null ? '–' : `${window.remaining.toLocaleString('en-US')} ${window.unit}`,
    window.resetsAt === null ? '–' : span(window.resetsAt - now),
    lasts(window, now),
    `${window.source}, ${span(now - window.at)} ago`,
  ]);
}

function lasts({ forecast }: Window, now: number): string {
  if (!forecast) return '–';
  if (forecast.lastsUntilReset || forecast.exhaustedAt === null) return 'until the reset';
  return span(forecast.exhaustedAt - now);
}

/** `4 min`, `2 h 10 min`, `3 d 4 h`. */
function span(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
