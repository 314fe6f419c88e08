import type { RateLimitHeader } from '../../providers/provider.ts';

/** What one answer's headers tell of one window of the account. At least one of the numbers is there. */
export interface Reading {
  window: RateLimitHeader['window'];
  per?: 'minute' | 'day' | 'month';
  limit?: number;
  remaining?: number;
  /** Milliseconds since the epoch. */
  resetsAt?: number;
  /** True where the header's name does not say how long its window is: then a near reset does not make it a minute. */
  lengthUnknown?: boolean;
}

export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** The first value of a header; names are lower case. */
export function headerOf(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** A count as headers write it; garbage, signs and fractions that mean nothing are `undefined`. */
export function countOf(text: string | undefined): number | undefined {
  if (text === undefined || !/^\s*\d{1,15}(?:\.\d{1,6})?\s*$/.test(text)) return undefined;
  return Number(text);
}

/** The window's name by its length, where it is one of ours. */
export function perOfSeconds(seconds: number | undefined): Reading['per'] {
  if (seconds === 60) return 'minute';
  if (seconds === 86_400) return 'day';
  return undefined;
}
