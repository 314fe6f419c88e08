import type { GatewayError } from '../../conversation/error.ts';
import { doubled } from '../backoff.ts';
import { type Cause, toldMs } from './cause.ts';

/** One thing that is wrong with an account, or one model of it. */
export interface Note {
  /** Milliseconds since the epoch when it was last noted. */
  since: number;
  /** When it ends; absent: not by itself. In the past: over, and only its count is remembered. */
  until?: number;
  /** Times in a row, without a success in between. */
  failures: number;
  /** What was said, shortened. */
  message: string;
  /** The words are the gateway's own (no key, no base URL), not the provider's. */
  ours?: boolean;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Longer than any quota window: a wait beyond it is a misread date. */
export const LONGEST_MS = 32 * DAY;
/** A rate limit that lasts longer reads like a used-up quota. */
export const LONG_RATE_MS = 15 * MINUTE;
const LONGEST_RATE_MS = DAY;
const LONGEST_OVERLOAD_MS = 2 * MINUTE;
/** Empty answers in a row before a model is left alone: one or two happen anywhere. */
const EMPTIES = 3;
/** What the account lacks is seen without asking the provider, and is put right by an edit nobody tells the book of. */
const OWN_CHECK_MS = 30 * SECOND;
const OWN_CHECKS: ReadonlySet<string> = new Set(['account_parameter', 'account_base_url']);
const OWN_WORDS: ReadonlySet<string> = new Set([...OWN_CHECKS, 'credential_missing']);

const MESSAGE_LENGTH = 200;

/** A first refusal's wait, and the longest after doubling, where the provider names none. */
const STEPS: Record<Exclude<Cause, 'auth' | 'overload'>, { baseMs: number; maxMs: number }> = {
  quota: { baseMs: 10 * MINUTE, maxMs: 5 * HOUR },
  rate: { baseMs: 2 * SECOND, maxMs: 5 * MINUTE },
  billing: { baseMs: 10 * MINUTE, maxMs: 6 * HOUR },
  missing: { baseMs: 10 * MINUTE, maxMs: 6 * HOUR },
  empty: { baseMs: MINUTE, maxMs: 15 * MINUTE },
};

/**
 * The note after a failure, given the one before of the same cause. While that one still runs, the failure is of an attempt that began
 * before it: such a crowd counts as one failure, and can lengthen the wait only by a time the provider names.
 */
export function noted(before: Note | undefined, cause: Cause, error: GatewayError, now: number, random: () => number): Note {
  const crowd = before !== undefined && isRunning(before, now);
  const failures = (before?.failures ?? 0) + (crowd ? 0 : 1);
  const until = crowd ? laterOf(before.until, told(cause, error, now)) : untilOf(cause, error, failures, now, random);
  return {
    since: now,
    ...(until === undefined ? {} : { until }),
    failures,
    message: shortened(error.message),
    ...(OWN_WORDS.has(error.code ?? '') ? { ours: true } : {}),
  };
}

export function isRunning(note: Note, now: number): boolean {
  return note.until === undefined || note.until > now;
}

function laterOf(running: number | undefined, next: number | undefined): number | undefined {
  return running === undefined || next === undefined ? running : Math.max(running, next);
}

function untilOf(cause: Cause, error: GatewayError, failures: number, now: number, random: () => number): number | undefined {
  switch (cause) {
    case 'auth':
      return OWN_CHECKS.has(error.code ?? '') ? now + OWN_CHECK_MS : undefined;
    case 'overload':
      return told(cause, error, now);
    case 'empty':
      return failures < EMPTIES ? now : now + stepMs(cause, failures - EMPTIES);
    case 'rate':
      // Nobody told us: accounts refused together must not come back together.
      return told(cause, error, now) ?? now + Math.round(stepMs(cause, failures - 1) * (0.8 + 0.4 * random()));
    case 'quota':
    case 'billing':
      return told(cause, error, now) ?? now + stepMs(cause, failures - 1);
    case 'missing':
      return now + stepMs(cause, failures - 1);
  }
}

function stepMs(cause: keyof typeof STEPS, doublings: number): number {
  const { baseMs, maxMs } = STEPS[cause];
  return doubled(baseMs, doublings, maxMs);
}

/** The end the provider named, within reason. */
function told(cause: Cause, error: GatewayError, now: number): number | undefined {
  const ms = toldMs(error);
  if (ms === undefined) return undefined;
  switch (cause) {
    case 'rate':
      return now + Math.min(ms, LONGEST_RATE_MS);
    case 'overload':
      return now + Math.min(ms, LONGEST_OVERLOAD_MS);
    case 'quota':
    case 'billing':
      return now + Math.min(ms, LONGEST_MS);
    case 'auth':
    case 'missing':
    case 'empty':
      return undefined;
  }
}

/** One line, at most 200 characters. */
export function shortened(message: string): string {
  const line = message.replace(/\s+/g, ' ').trim();
  return line.length <= MESSAGE_LENGTH ? line : `${line.slice(0, MESSAGE_LENGTH - 1)}…`;
}
