import { isAnswered, isFallback } from '../../ledger/fallback.ts';
import type { RequestRecord, UsageRow } from '../admin/api.ts';

/** The sums of no requests at all. */
export function emptyRow(by: string[] = []): UsageRow {
  return {
    by,
    requests: 0,
    failed: 0,
    cancelled: 0,
    inputTokens: null,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    outputTokens: null,
    reasoningTokens: null,
    unknownUsage: 0,
    estimatedUsage: 0,
    cost: null,
    saved: null,
    unpriced: 0,
    cacheHitShare: null,
    firstTokenMs: null,
    totalMs: null,
    tokensPerSecond: null,
    fallbacks: 0,
  };
}

/**
 * The sums with one request more, as the ledger adds it up. Shares, times and speed cannot be added to: they stay until the sums are
 * read again.
 */
export function withRecord(row: UsageRow, record: RequestRecord): UsageRow {
  const { cancelled, usage, cost } = record;
  const answered = isAnswered(record);
  // One that was given another's answer brings no tokens and no cost: they stand there.
  const own = record.sharedWith === undefined;
  const tokens = own ? usage : undefined;
  const plan = cost?.source === 'plan';
  const usd = own ? cost?.usd : undefined;
  return {
    ...row,
    requests: row.requests + 1,
    failed: row.failed + Number(!answered && !cancelled),
    cancelled: row.cancelled + Number(cancelled),
    inputTokens: plus(row.inputTokens, tokens?.input),
    cacheReadTokens: plus(row.cacheReadTokens, tokens?.cacheRead),
    cacheWriteTokens: plus(row.cacheWriteTokens, tokens?.cacheWrite),
    outputTokens: plus(row.outputTokens, tokens?.output),
    reasoningTokens: plus(row.reasoningTokens, tokens?.reasoning),
    unknownUsage: row.unknownUsage + Number(answered && own && usage?.input === undefined && usage?.output === undefined),
    estimatedUsage: row.estimatedUsage + Number(answered && own && record.estimated === true),
    cost: plus(row.cost, plan ? undefined : usd),
    saved: plus(row.saved, plan ? usd : undefined),
    unpriced: row.unpriced + Number(answered && own && cost === undefined),
    fallbacks: row.fallbacks + Number(isFallback(record)),
  };
}

function plus(sum: number | null, value: number | undefined): number | null {
  return value === undefined ? sum : (sum ?? 0) + value;
}
