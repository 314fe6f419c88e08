import type { RateLimitHeader } from '../../provider.ts';

/** OpenAI's headers (reset as `6m0s`, `20ms`), used by many hosts. */
export const openaiRateLimits: RateLimitHeader[] = (['requests', 'tokens'] as const).map((window) => ({
  window,
  limit: `x-ratelimit-limit-${window}`,
  remaining: `x-ratelimit-remaining-${window}`,
  reset: `x-ratelimit-reset-${window}`,
  resetForm: 'duration',
}));

/** The same names at Groq, where requests count by the day and tokens by the minute. */
export const groqRateLimits: RateLimitHeader[] = openaiRateLimits.map((header) => ({
  ...header,
  per: header.window === 'requests' ? 'day' : 'minute',
}));

/** Anthropic's headers for API keys (reset as RFC 3339). */
export const anthropicRateLimits: RateLimitHeader[] = (['requests', 'tokens', 'input-tokens', 'output-tokens'] as const).map((window) => ({
  window,
  limit: `anthropic-ratelimit-${window}-limit`,
  remaining: `anthropic-ratelimit-${window}-remaining`,
  reset: `anthropic-ratelimit-${window}-reset`,
  resetForm: 'rfc3339',
}));

/** Cerebras: requests a day, tokens a minute, reset in seconds. */
export const cerebrasRateLimits: RateLimitHeader[] = [
  {
    window: 'requests',
    per: 'day',
    limit: 'x-ratelimit-limit-requests-day',
    remaining: 'x-ratelimit-remaining-requests-day',
    reset: 'x-ratelimit-reset-requests-day',
    resetForm: 'seconds',
  },
  {
    window: 'tokens',
    per: 'minute',
    limit: 'x-ratelimit-limit-tokens-minute',
    remaining: 'x-ratelimit-remaining-tokens-minute',
    reset: 'x-ratelimit-reset-tokens-minute',
    resetForm: 'seconds',
  },
];

/** OpenRouter, on free models' 429 only (reset in milliseconds since the epoch). */
export const openrouterRateLimits: RateLimitHeader[] = [
  {
    window: 'requests',
    limit: 'x-ratelimit-limit',
    remaining: 'x-ratelimit-remaining',
    reset: 'x-ratelimit-reset',
    resetForm: 'epoch-milliseconds',
  },
];
