import { parseArgs } from 'node:util';
import * as z from 'zod';
import { pastMoment } from '../config/duration.ts';
import { DIMENSIONS, type Dimension, type UsageRow } from '../ledger/ledger.ts';
import { openLedger } from '../ledger/store/open-ledger.ts';
import { runningGateway } from './gateway-client.ts';
import { dataFolder, type Io, table, UsageError, writeJson } from './io.ts';
import { oneOf } from './options.ts';

const OPTIONS = {
  by: { type: 'string' },
  since: { type: 'string' },
  json: { type: 'boolean' },
  csv: { type: 'boolean' },
  data: { type: 'string' },
} as const;

const amount = z.number().nullable();
const rowSchema = z.object({
  by: z.array(z.string()),
  requests: z.number(),
  failed: z.number(),
  cancelled: z.number(),
  inputTokens: amount,
  cacheReadTokens: amount,
  cacheWriteTokens: amount,
  outputTokens: amount,
  reasoningTokens: amount,
  cost: amount,
  saved: amount,
});
const usageBody = z.object({ rows: z.array(rowSchema) });
type Row = z.output<typeof rowSchema>;

/** `omniroute usage`: requests, tokens and money by model, provider, account, key, client or day. */
export async function usage(args: string[], io: Io): Promise<number> {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.json && values.csv) throw new UsageError('--json or --csv, not both');
  const by = oneOf('grouping', values.by ?? 'model', DIMENSIONS);
  const since = values.since === undefined ? undefined : pastMoment(values.since, Date.now());
  if (values.since !== undefined && since === undefined) throw new UsageError(`--since takes a duration (7d) or a day (2026-11-22)`);
  const rows = await usageRows(dataFolder(values.data, io.env), by, since, io);
  if (values.json) writeJson(io, rows.map(plain));
  else if (values.csv) io.stdout.write(csvOf(rows));
  else io.stdout.write(rows.length > 0 ? `${tableOf(by, rows)}\n` : 'No requests yet.\n');
  return 0;
}

async function usageRows(folder: string, by: Dimension, since: number | undefined, io: Io): Promise<Row[]> {
  const gateway = await runningGateway(folder);
  if (gateway) {
    const query = new URLSearchParams({ by, ...(since === undefined ? {} : { since: new Date(since).toISOString() }) });
    return usageBody.parse(await gateway.get(`/admin/usage?${query}`)).rows;
  }
  const ledger = await openLedger({ folder, log: (line) => io.stderr.write(`${line}\n`) });
  try {
    const rows: UsageRow[] = await ledger.usage({ by: [by], ...(since === undefined ? {} : { since }) });
    return rows.map((row) => rowSchema.parse(row));
  } finally {
    await ledger.close();
  }
}

/** A row as programs get it; unknown is null. */
function plain({ by, requests, failed, cancelled, cost, saved: _, ...tokens }: Row): Record<string, unknown> {
  return { by: by[0] ?? '', requests, failed, cancelled, ...tokens, cost };
}

function csvOf(rows: readonly Row[]): string {
  const [first] = rows;
  const columns = first ? Object.keys(plain(first)) : ['by'];
  const lines = rows.map((row) => Object.values(plain(row)).map(csvCell).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

/** RFC 4180; a cell that a spreadsheet would run as a formula begins with an apostrophe. */
function csvCell(value: unknown): string {
  const text = value === null || value === undefined ? '' : String(value);
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const HEAD = ['requests', 'failed', 'input', 'of it cached', 'output', 'cost', 'saved'];

function tableOf(by: Dimension, rows: readonly Row[]): string {
  const lines = rows.map((row) => [
    row.by[0] || '–',
    String(row.requests),
    String(row.failed),
    count(row.inputTokens),
    count(row.cacheReadTokens),
    count(row.outputTokens),
    money(row.cost),
    money(row.saved),
  ]);
  return table([[by, ...HEAD], ...lines]);
}

const count = (value: number | null): string => (value === null ? '–' : value.toLocaleString('en-US'));
const money = (value: number | null): string => (value === null ? '–' : `$${value.toFixed(value > 0 && value < 0.01 ? 4 : 2)}`);
