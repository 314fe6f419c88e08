/** Milliseconds a `Retry-After` asks for: seconds or an HTTP date (RFC 9110 §10.2.3), or OpenAI's and Azure's `retry-after-ms`. */
export function retryAfterOf(headers: Record<string, string>, now: number): number | undefined {
  const ms = Number(headers['retry-after-ms']);
  if (headers['retry-after-ms'] && Number.isFinite(ms) && ms >= 0) return ms;
  const value = headers['retry-after'];
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

const UNIT_MS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A duration such as `6m0s`, `20ms`, `2h7m23s`, `56.7s` in milliseconds, or `undefined`. */
export function durationMs(text: string): number | undefined {
  let total = 0;
  let matched = '';
  for (const [whole, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|d|h|m|s)/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
    matched += whole;
  }
  return matched && matched === text.replace(/\s/g, '') ? total : undefined;
}

/** The wait a message names in words: "try again in 1m30s", "retry in 12.5s", "reset after 2h7m23s". */
export function waitInText(message: string): number | undefined {
  const match = /(?:try again in|retry in|reset(?:s)? (?:after|in)|retry after)\s*((?:\d+(?:\.\d+)?\s*(?:ms|d|h|m|s)\s*)+)/i.exec(message);
  return match?.[1] === undefined ? undefined : durationMs(match[1].replace(/\s/g, ''));
}
