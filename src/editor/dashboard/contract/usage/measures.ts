import type { UsageRow } from '../../../admin/api.ts';

/** What usage can be looked at by: what can be added up, so that parts make the whole. */
export const MEASURES = [
  'cost',
  'saved',
  'tokens',
  'input',
  'output',
  'cacheRead',
  'cacheWrite',
  'reasoning',
  'requests',
  'failed',
  'fallbacks',
] as const;
export type Measure = (typeof MEASURES)[number];

/** The sums of requests that a measure is taken from. */
export type Measured = Pick<
  UsageRow,
  | 'requests'
  | 'failed'
  | 'cancelled'
  | 'fallbacks'
  | 'inputTokens'
  | 'outputTokens'
  | 'cacheReadTokens'
  | 'cacheWriteTokens'
  | 'reasoningTokens'
  | 'unknownUsage'
  | 'cost'
  | 'saved'
  | 'unpriced'
>;

/**
 * The known part of a measure; `null` when nothing of it is known. The gateway's sums of money are `null` also where every answer has its
 * price and none falls under this sum (all were paid by plans, or none was): that is 0, and known.
 */
export function amountOf(row: Measured, measure: Measure): number | null {
  const sum = sumOf(row, measure);
  if (sum !== null) return sum;
  return mayLack(row, measure) ? null : 0;
}

/** How many answered requests are not in the amount, as nobody knows theirs; 0 where that cannot be said. */
export function lackingIn(row: Measured, measure: Measure): number {
  switch (measure) {
    case 'cost':
    case 'saved':
      return row.unpriced;
    case 'tokens':
    case 'input':
    case 'output':
      return row.unknownUsage;
    default:
      return 0;
  }
}

/** Requests that were answered to their end. */
function answeredOf({ requests, failed, cancelled }: Measured): number {
  return requests - failed - cancelled;
}

/** Answered, of those that nobody cancelled; 0…1, `undefined` where there is none. */
export function successOf({ requests, failed, cancelled }: Measured): number | undefined {
  const asked = requests - cancelled;
  return asked > 0 ? (asked - failed) / asked : undefined;
}

function sumOf(row: Measured, measure: Measure): number | null {
  switch (measure) {
    case 'cost':
      return row.cost;
    case 'saved':
      return row.saved;
    case 'tokens':
      return plus(row.inputTokens, row.outputTokens);
    case 'input':
      return row.inputTokens;
    case 'output':
      return row.outputTokens;
    case 'cacheRead':
      return row.cacheReadTokens;
    case 'cacheWrite':
      return row.cacheWriteTokens;
    case 'reasoning':
      return row.reasoningTokens;
    case 'requests':
      return row.requests;
    case 'failed':
      return row.failed;
    case 'fallbacks':
      return row.fallbacks;
  }
}

/** Whether some of the requests may have what the sum does not show. */
function mayLack(row: Measured, measure: Measure): boolean {
  // What was cancelled may have been begun, and nobody said what of it was charged.
  if (row.cancelled > 0 && row.cancelled + row.failed === row.requests) return true;
  switch (measure) {
    case 'cacheRead':
    case 'cacheWrite':
    case 'reasoning':
      // Many providers do not report them.
      return answeredOf(row) > 0;
    default:
      return lackingIn(row, measure) > 0;
  }
}

/** Adds what is known. */
export function plus(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : a + b;
}
