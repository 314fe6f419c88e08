import { openaiRateLimits } from '../../providers/catalogue/shared/rate-limits.ts';
import type { Provider, RateLimitHeader } from '../../providers/provider.ts';
import { readRateLimitFields } from './ratelimit-field.ts';
import { countOf, type Headers, headerOf, perOfSeconds, type Reading } from './reading.ts';
import { resetTime } from './reset-time.ts';

/** Names in wide use, for providers without a table of their own: custom nodes above all. */
const COMMON: readonly RateLimitHeader[] = [
  ...openaiRateLimits,
  // Mistral's, without a reset (recordings/openai-chat/mistral-function-calling-…-can-handle-multiple-tool-calls-in-a).
  ...(['req', 'tokens'] as const).map(
    (word): RateLimitHeader => ({
      window: word === 'req' ? 'requests' : 'tokens',
      per: 'minute',
      limit: `x-ratelimit-limit-${word}-minute`,
      remaining: `x-ratelimit-remaining-${word}-minute`,
    }),
  ),
];

/**
 * What an answer's headers tell of the account's windows: by the provider's own table, else by the names in wide use and the IETF's
 * fields. What does not read as it should is left out.
 */
export function readWindows(provider: Pick<Provider, 'rateLimits'>, headers: Headers, now: number): Reading[] {
  if (provider.rateLimits) return byTable(provider.rateLimits, headers, now);
  const common = byTable(COMMON, headers, now);
  return common.length > 0 ? common : readRateLimitFields(headers, now);
}

function byTable(table: readonly RateLimitHeader[], headers: Headers, now: number): Reading[] {
  return table.flatMap((row) => {
    const reading = byRow(row, headers, now);
    return reading ? [reading] : [];
  });
}

function byRow(row: RateLimitHeader, headers: Headers, now: number): Reading | undefined {
  const limit = countOf(headerOf(headers, row.limit));
  const remaining = countOf(headerOf(headers, row.remaining));
  if (limit === undefined && remaining === undefined) return undefined;
  const reset = row.reset === undefined ? undefined : headerOf(headers, row.reset);
  const resetsAt = reset === undefined ? undefined : resetTime(reset, row.resetForm ?? 'duration', now);
  const per = row.per ?? renewalPeriod(row, headers);
  return {
    window: row.window,
    ...(per !== undefined && { per }),
    ...(limit !== undefined && { limit }),
    ...(remaining !== undefined && { remaining }),
    ...(resetsAt !== undefined && { resetsAt }),
  };
}

/** Azure says how long its windows are (`x-ratelimit-renewalperiod-requests: 60`, recordings/openai-chat/azure-completion-azure-stream). */
function renewalPeriod(row: RateLimitHeader, headers: Headers): Reading['per'] {
  return perOfSeconds(countOf(headerOf(headers, row.limit.replace('-limit-', '-renewalperiod-'))));
}
