import type { RequestRecord, UsageRow } from '../../../src/editor/admin/api.ts';
import type { UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { amountOf, type Measure } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { emptyRow } from '../../../src/editor/live/today.ts';
import { type Cell, csvOf } from './csv.ts';
import type { Line } from './rows.ts';

export type Format = 'csv' | 'json';

/** What of a group is written, under the names of the admin API. What is not known is `null`. */
function groupFields(row: UsageRow): Record<string, Cell> {
  const known = (measure: Measure): number | null => amountOf(row, measure);
  return {
    requests: row.requests,
    failed: row.failed,
    cancelled: row.cancelled,
    fallbacks: row.fallbacks,
    inputTokens: known('input'),
    cacheReadTokens: known('cacheRead'),
    cacheWriteTokens: known('cacheWrite'),
    outputTokens: known('output'),
    reasoningTokens: known('reasoning'),
    unknownUsage: row.unknownUsage,
    estimatedUsage: row.estimatedUsage,
    cost: known('cost'),
    saved: known('saved'),
    unpriced: row.unpriced,
    cacheHitShare: row.cacheHitShare,
    firstTokenMsP50: row.firstTokenMs?.p50 ?? null,
    firstTokenMsP95: row.firstTokenMs?.p95 ?? null,
    firstTokenMsP99: row.firstTokenMs?.p99 ?? null,
    totalMsP50: row.totalMs?.p50 ?? null,
    totalMsP95: row.totalMs?.p95 ?? null,
    totalMsP99: row.totalMs?.p99 ?? null,
    tokensPerSecond: row.tokensPerSecond,
  };
}

/** The groups as they are shown: found, sorted. The sums are only in JSON: in a sheet they would be added once more. */
export function groupsFile(format: Format, view: UsageView, lines: readonly Line[], sum: Line | undefined): string {
  const { by, where } = view.asked;
  const rows = lines.map(({ group, row }) => ({ [by]: group, ...groupFields(row) }));
  if (format === 'csv')
    return csvOf(
      [by, ...Object.keys(groupFields(emptyRow()))],
      rows.map((row) => Object.values(row)),
    );
  const total = sum ? groupFields(sum.row) : null;
  return jsonText({ since: iso(view.since), until: iso(view.until), by, where, rows, total });
}

/** A single request. Tokens and money of an answer that was another request's stand there alone, so that sums are right. */
export function requestFields(record: RequestRecord): Record<string, Cell> {
  const { usage = {}, cost } = record.sharedWith === undefined ? record : {};
  return {
    id: record.id,
    time: iso(record.at),
    requested: record.requested,
    target: record.target,
    model: record.model,
    provider: record.provider,
    account: record.account,
    tier: record.tier,
    combo: record.combo,
    key: record.key,
    client: record.client,
    clientVersion: record.clientVersion,
    dialect: record.dialect,
    status: record.status,
    errorClass: record.error?.class,
    errorCode: record.error?.code,
    cancelled: record.cancelled,
    finish: record.finish,
    attempts: record.attempts.length,
    streamed: record.streamed,
    firstByteMs: record.firstByteMs,
    totalMs: record.totalMs,
    inputTokens: usage.input,
    cacheReadTokens: usage.cacheRead,
    cacheWriteTokens: usage.cacheWrite,
    outputTokens: usage.output,
    reasoningTokens: usage.reasoning,
    estimated: record.estimated ?? false,
    cost: cost ? (cost.source === 'plan' ? 0 : cost.usd) : undefined,
    saved: cost ? (cost.source === 'plan' ? cost.usd : 0) : undefined,
    sharedWith: record.sharedWith,
  };
}

export function requestsFile(format: Format, records: readonly RequestRecord[]): string {
  const rows = records.map(requestFields);
  if (format === 'json') return jsonText(rows.map(nulled));
  return csvOf(
    Object.keys(requestFields(NOTHING)),
    rows.map((row) => Object.values(row)),
  );
}

/** `usage-2026-11-01-to-2026-11-22-by-model.csv`, with `what` in the place of `usage`. */
export function fileName(what: string, { slots, asked, unit }: UsageView, format: Format, by?: string): string {
  const dayOf = (label: string | undefined): string => (label ?? '').slice(0, 10);
  const first = dayOf(slots[0]?.label);
  const last = unit === 'hour' ? first : dayOf(slots.at(-1)?.label);
  const days = first === last ? first : `${first}-to-${last}`;
  const filtered = Object.keys(asked.where).length > 0 ? '-filtered' : '';
  return `${what}-${days}${by === undefined ? '' : `-by-${by}`}${filtered}.${format}`;
}

/** For the headings alone. */
const NOTHING: RequestRecord = {
  id: '',
  at: 0,
  key: '',
  client: '',
  dialect: '',
  requested: '',
  target: undefined,
  account: undefined,
  combo: undefined,
  attempts: [],
  skipped: [],
  streamed: false,
  firstByteMs: undefined,
  totalMs: 0,
  usage: undefined,
  finish: undefined,
  status: 0,
  error: undefined,
  cancelled: false,
};

function nulled(row: Record<string, Cell>): Record<string, Cell> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value ?? null]));
}

const iso = (at: number): string => new Date(at).toISOString();
const jsonText = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
