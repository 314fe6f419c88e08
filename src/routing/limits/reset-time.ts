import type { RateLimitHeader } from '../../providers/provider.ts';

export type ResetForm = NonNullable<RateLimitHeader['resetForm']>;

const DAY_MS = 86_400_000;
const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', DAY_MS],
]);

/** No vendor's window is longer than a year; a reset further away is garbage. */
const FURTHEST_MS = 400 * DAY_MS;

/** When a window resets, in milliseconds since the epoch, from a header in the given form; `undefined` when it does not read so. */
export function resetTime(text: string, form: ResetForm, now: number): number | undefined {
  const value = text.trim();
  if (value === '' || value.length > 64) return undefined;
  const at = timeOf(value, form, now);
  return at !== undefined && Number.isFinite(at) && at > 0 && at - now <= FURTHEST_MS ? at : undefined;
}

function timeOf(value: string, form: ResetForm, now: number): number | undefined {
  switch (form) {
    case 'duration':
      return after(now, durationMs(value) ?? bareNumber(value, 1));
    case 'seconds':
      return after(now, bareNumber(value, 1000));
    case 'epoch-seconds':
      return bareNumber(value, 1000);
    case 'epoch-milliseconds':
      return bareNumber(value, 1);
    case 'rfc3339':
      return rfc3339(value);
  }
}

function after(now: number, ms: number | undefined): number | undefined {
  return ms === undefined ? undefined : now + ms;
}

/**
 * A number without a unit. Where a duration was due, it counts milliseconds: Azure writes `500` after one of 120 requests a minute and
 * `7` after 14 of 120,000 tokens, which come back in 500 and 7 ms (recordings/openai-chat/azure-chat-async-streaming-…-no-content-3).
 */
function bareNumber(value: string, unitMs: number): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * unitMs : undefined;
}

/** Go's notation, as OpenAI and Groq write it: `6m0s`, `20ms`, `1h2m3.5s`, `2m59.56s`. */
function durationMs(value: string): number | undefined {
  const part = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/y;
  let ms = 0;
  while (part.lastIndex < value.length) {
    const [, amount, unit = ''] = part.exec(value) ?? [];
    if (amount === undefined) return undefined;
    ms += Number(amount) * (UNIT_MS.get(unit) ?? Number.NaN);
  }
  return ms;
}

function rfc3339(value: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
