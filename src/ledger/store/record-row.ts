import type { SqlValue } from 'sql.js';
import type { FailureClass } from '../../conversation/error.ts';
import type { Usage } from '../../conversation/usage.ts';
import type { Tier } from '../../providers/provider.ts';
import { isFallback } from '../fallback.ts';
import type { RecordedCost, RequestRecord } from '../record.ts';
import { type Names, NO_NAME } from './names.ts';

/** Columns of `requests` that hold a name as its number. */
const NAMED = [
  'key',
  'client',
  'client_version',
  'dialect',
  'target_dialect',
  'requested',
  'target',
  'account',
  'account_id',
  'provider',
  'tier',
  'model',
  'combo',
  'finish',
  'error_class',
  'error_code',
] as const;

const PLAIN = [
  'id',
  'at',
  'streamed',
  'first_byte_ms',
  'total_ms',
  'input',
  'cache_read',
  'cache_write',
  'cache_write_1h',
  'output',
  'reasoning',
  'usage_other',
  'estimated',
  'cost',
  'cost_source',
  'status',
  'cancelled',
  'fallback',
  'shared_with',
  'attempts',
  'skipped',
] as const;

export const COLUMNS = [...PLAIN, ...NAMED] as const;
type Column = (typeof COLUMNS)[number];

export type RequestRow = Record<Column, SqlValue>;

/** A record as a row; names it brings are kept. */
export function rowOf(record: RequestRecord, names: Names): RequestRow {
  const name = (text: string | undefined): number | null => (text ? names.idOf(text) : null);
  const usage = record.usage ?? {};
  return {
    id: record.id,
    at: record.at ?? 0,
    key: name(record.key),
    client: name(record.client),
    client_version: name(record.clientVersion),
    dialect: name(record.dialect),
    target_dialect: name(record.targetDialect),
    requested: name(record.requested),
    target: name(record.target),
    account: name(record.account),
    account_id: name(record.accountId),
    provider: name(record.provider),
    tier: name(record.tier),
    model: name(record.model),
    combo: name(record.combo),
    streamed: Number(record.streamed),
    first_byte_ms: record.firstByteMs ?? null,
    total_ms: record.totalMs ?? 0,
    input: usage.input ?? null,
    cache_read: usage.cacheRead ?? null,
    cache_write: usage.cacheWrite ?? null,
    cache_write_1h: usage.cacheWrite1h ?? null,
    output: usage.output ?? null,
    reasoning: usage.reasoning ?? null,
    usage_other: record.usage ? JSON.stringify(otherUsage(record.usage)) : null,
    estimated: Number(record.estimated ?? false),
    cost: record.cost?.usd ?? null,
    cost_source: record.cost?.source ?? null,
    finish: name(record.finish),
    status: record.status ?? 0,
    error_class: name(record.error?.class),
    error_code: name(record.error?.code),
    cancelled: Number(record.cancelled),
    fallback: Number(isFallback(record)),
    shared_with: record.sharedWith ?? null,
    attempts: jsonOf(record.attempts.map((attempt) => attemptRow(attempt, names))),
    skipped: jsonOf(record.skipped.map(({ target, account, reason }) => [target, account, reason].map((text) => names.idOf(text)))),
  };
}

/** The record a row was made of; `values` in the order of COLUMNS. */
export function recordOfRow(values: readonly SqlValue[], names: Names): RequestRecord {
  const row = Object.fromEntries(COLUMNS.map((column, i) => [column, values[i] ?? null])) as RequestRow;
  const name = (id: SqlValue): string | undefined => nameAt(id, names);
  return {
    id: String(row.id),
    at: Number(row.at),
    key: name(row.key) ?? '',
    client: name(row.client) ?? '',
    clientVersion: name(row.client_version),
    dialect: name(row.dialect) ?? '',
    targetDialect: name(row.target_dialect),
    requested: name(row.requested) ?? '',
    ...wayOf(row, names),
    accountId: name(row.account_id),
    provider: name(row.provider),
    tier: name(row.tier) as Tier | undefined,
    model: name(row.model),
    combo: name(row.combo),
    streamed: row.streamed === 1,
    firstByteMs: numberOf(row.first_byte_ms),
    totalMs: Number(row.total_ms),
    usage: usageOf(row),
    estimated: row.estimated === 1 || undefined,
    cost: costOf(row),
    finish: name(row.finish),
    status: Number(row.status),
    error: row.error_class === null ? undefined : { class: name(row.error_class) as FailureClass, code: name(row.error_code) },
    cancelled: row.cancelled === 1,
    sharedWith: textOf(row.shared_with),
  };
}

/** Who was asked for a row, and who was not. */
export function wayOf(row: Pick<RequestRow, 'target' | 'account' | 'attempts' | 'skipped'>, names: Names) {
  return {
    target: nameAt(row.target, names),
    account: nameAt(row.account, names),
    attempts: listOf(row.attempts).map((cells) => attemptOf(cells, names)),
    skipped: listOf(row.skipped).map(([target, account, reason]) => ({
      target: names.nameOf(target ?? NO_NAME),
      account: names.nameOf(account ?? NO_NAME),
      reason: names.nameOf(reason ?? NO_NAME),
    })),
  };
}

const nameAt = (id: SqlValue, names: Names): string | undefined => (id === null ? undefined : names.nameOf(Number(id)));

type Attempt = RequestRecord['attempts'][number];

/** What is not there at the end of a row is left out: most attempts answer. */
function attemptRow({ target, account, ms, startMs, class: failure, status }: Attempt, names: Names): (number | null)[] {
  const row = [names.idOf(target), names.idOf(account), ms, failure ? names.idOf(failure) : null, status ?? null, startMs ?? null];
  return row.slice(0, row.findLastIndex((cell) => cell !== null) + 1);
}

function attemptOf([target, account, ms, failure, status, startMs]: readonly (number | null)[], names: Names): Attempt {
  return {
    target: names.nameOf(target ?? NO_NAME),
    account: names.nameOf(account ?? NO_NAME),
    ms: ms ?? 0,
    ...(typeof startMs === 'number' ? { startMs } : {}),
    ...(failure ? { class: names.nameOf(failure) as FailureClass } : {}),
    ...(typeof status === 'number' ? { status } : {}),
  };
}

function otherUsage({ total, inputAudio, outputAudio, webSearches }: Usage): Usage {
  return { total, inputAudio, outputAudio, webSearches };
}

function usageOf(row: RequestRow): Usage | undefined {
  if (row.usage_other === null) return undefined;
  const usage: Usage = {
    input: numberOf(row.input),
    cacheRead: numberOf(row.cache_read),
    cacheWrite: numberOf(row.cache_write),
    cacheWrite1h: numberOf(row.cache_write_1h),
    output: numberOf(row.output),
    reasoning: numberOf(row.reasoning),
    ...(JSON.parse(String(row.usage_other)) as Usage),
  };
  return Object.fromEntries(Object.entries(usage).filter(([, value]) => value !== undefined)) as Usage;
}

function costOf({ cost, cost_source: source }: RequestRow): RecordedCost | undefined {
  return cost === null ? undefined : { usd: Number(cost), source: source as RecordedCost['source'] };
}

const numberOf = (value: SqlValue): number | undefined => (value === null ? undefined : Number(value));
const textOf = (value: SqlValue): string | undefined => (value === null ? undefined : String(value));
const jsonOf = (list: readonly unknown[]): string | null => (list.length === 0 ? null : JSON.stringify(list));
const listOf = (json: SqlValue): (number | null)[][] => (json === null ? [] : (JSON.parse(String(json)) as (number | null)[][]));
