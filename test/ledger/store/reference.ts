import { answeredElsewhere, isAnswered } from '../../../src/ledger/fallback.ts';
import type { Dimension, LedgerFilter, Outcome, Percentiles, UsageQuery, UsageRow } from '../../../src/ledger/ledger.ts';
import type { RequestRecord } from '../../../src/ledger/record.ts';

/** The numbers of records, told in the plainest way: what the ledger must answer. */
export function referenceUsage(records: readonly RequestRecord[], query: UsageQuery): UsageRow[] {
  const groups = new Map<string, RequestRecord[]>();
  for (const record of records.filter((record) => fits(record, query))) {
    const by = JSON.stringify(query.by.map((dimension) => dimensionOf(record, dimension)));
    groups.set(by, [...(groups.get(by) ?? []), record]);
  }
  if (query.by.length === 0 && groups.size === 0) groups.set('[]', []);
  return [...groups].map(([by, group]) => rowOf(JSON.parse(by) as string[], group));
}

export function fits(record: RequestRecord, { since, until, where = {}, outcome, search }: LedgerFilter): boolean {
  if (outcome && !endedAs(record, outcome)) return false;
  if (search && !holds(record, search)) return false;
  if (since !== undefined && record.at < since) return false;
  if (until !== undefined && record.at >= until) return false;
  return Object.entries(where).every(([dimension, value]) => dimensionOf(record, dimension as Dimension) === value);
}

function endedAs(record: RequestRecord, outcome: Outcome): boolean {
  const answered = isAnswered(record);
  switch (outcome) {
    case 'answered':
      return answered;
    case 'failed':
      return !answered && !record.cancelled;
    case 'cancelled':
      return record.cancelled;
    case 'fallback':
      return answered && answeredElsewhere(record);
  }
}

function holds({ id, requested, target, account, client, key, combo }: RequestRecord, text: string): boolean {
  return [id, requested, target, account, client, key, combo].some((name) => name?.toLowerCase().includes(text.toLowerCase()));
}

function dimensionOf(record: RequestRecord, dimension: Dimension): string {
  const date = new Date(record.at);
  const part = (n: number): string => `${n < 10 ? '0' : ''}${n}`;
  const day = [date.getFullYear(), part(date.getMonth() + 1), part(date.getDate())].join('-');
  if (dimension === 'day') return day;
  if (dimension === 'hour') return `${day}T${part(date.getHours())}`;
  if (dimension === 'model') return record.target ?? '';
  return record[dimension] ?? '';
}

function rowOf(by: string[], group: RequestRecord[]): UsageRow {
  const answered = group.filter((r) => !r.cancelled && !r.error && r.status < 400);
  const own = group.filter((r) => r.sharedWith === undefined);
  const ownAnswered = answered.filter((r) => r.sharedWith === undefined);
  const both = own.filter((r) => r.usage?.input !== undefined && r.usage.cacheRead !== undefined);
  const timed = ownAnswered.filter(
    (r) => r.streamed && r.firstByteMs !== undefined && r.usage?.output !== undefined && r.totalMs > r.firstByteMs,
  );
  const input = sum(both.map((r) => r.usage?.input)) ?? 0;
  const ms = sum(timed.map((r) => r.totalMs - (r.firstByteMs ?? 0))) ?? 0;
  const plan = (r: RequestRecord): boolean => r.cost?.source === 'plan';
  return {
    by,
    requests: group.length,
    failed: group.filter((r) => !r.cancelled && !answered.includes(r)).length,
    cancelled: group.filter((r) => r.cancelled).length,
    inputTokens: sum(own.map((r) => r.usage?.input)),
    cacheReadTokens: sum(own.map((r) => r.usage?.cacheRead)),
    cacheWriteTokens: sum(own.map((r) => r.usage?.cacheWrite)),
    outputTokens: sum(own.map((r) => r.usage?.output)),
    reasoningTokens: sum(own.map((r) => r.usage?.reasoning)),
    unknownUsage: ownAnswered.filter((r) => r.usage?.input === undefined && r.usage?.output === undefined).length,
    estimatedUsage: ownAnswered.filter((r) => r.estimated).length,
    cost: sum(own.filter((r) => !plan(r)).map((r) => r.cost?.usd)),
    saved: sum(own.filter(plan).map((r) => r.cost?.usd)),
    unpriced: ownAnswered.filter((r) => !r.cost).length,
    cacheHitShare: input > 0 ? (sum(both.map((r) => r.usage?.cacheRead)) ?? 0) / input : null,
    firstTokenMs: percentiles(answered.filter((r) => r.streamed).map((r) => r.firstByteMs)),
    totalMs: percentiles(answered.map((r) => r.totalMs)),
    tokensPerSecond: ms > 0 ? ((sum(timed.map((r) => r.usage?.output)) ?? 0) * 1000) / ms : null,
    fallbacks: answered.filter((r) => r.attempts.length > 1 || r.skipped.some(({ reason }) => reason === 'quota' || reason === 'budget'))
      .length,
  };
}

function sum(values: (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0);
}

/** Nearest rank. */
function percentiles(values: (number | undefined)[]): Percentiles | null {
  const sorted = values.filter((value) => value !== undefined).sort((a, b) => a - b);
  const at = (percent: number): number => sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)] ?? 0;
  return sorted.length === 0 ? null : { p50: at(50), p95: at(95), p99: at(99) };
}
