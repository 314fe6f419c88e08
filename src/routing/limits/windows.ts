import type { Block } from '../block.ts';
import type { LimitEntry } from '../books.ts';
import { clock } from './clock.ts';
import type { Reading } from './reading.ts';
import { MINUTE_MS } from './start-log.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A window that resets later than this is no window of a minute. */
const SHORT_MS = 2 * MINUTE_MS;

interface Window extends Reading {
  at: number;
  /** Requests let through since: the headers do not know of them yet. */
  taken: number;
  /** Whether an estimate of tokens can be held against it. */
  estimable: boolean;
  /** The time in which an empty allowance fills up, where it does so steadily and not all at once. */
  refillMs?: number;
}

/** Why nothing may start before `until`. */
export interface Closure {
  until: number;
  why: string;
  scope: 'account' | 'model';
}

/** An allowance a minute, as learned; counted for the account or for the one model it was told of. */
export interface Learned {
  limit: number;
  scope: 'account' | 'model';
}

type Scope = 'account' | 'model';

/**
 * The windows of one account as its provider's headers told them. Those told of an answer by one model (many vendors limit each model
 * apart) hold for that model alone; those told without a model hold for all.
 */
export class Windows {
  /** By model (`''`: the account's), then by name. */
  readonly #sets = new Map<string, Map<string, Window>>();

  /** Nothing was ever told. */
  get empty(): boolean {
    return this.#sets.size === 0;
  }

  /** Keeps the newest reading of each window. */
  note(readings: readonly Reading[], model: string | undefined, now: number): void {
    if (readings.length === 0) return;
    const set = this.#sets.get(model ?? '') ?? new Map<string, Window>();
    this.#sets.set(model ?? '', set);
    for (const [name, window] of set) if (isOver(window, now)) set.delete(name);
    // Anthropic's tokens do not count what was read from the prompt cache, which no estimate knows beforehand: told by the apart
    // counted input. Only "none left" holds there.
    const splitsInput = readings.some((reading) => reading.window === 'input-tokens');
    for (const reading of readings) {
      const name = `${reading.window} ${reading.per ?? ''}`;
      const earlier = set.get(name);
      const refillMs = refillOf(reading, now, earlier?.refillMs);
      const limit = reading.limit ?? earlier?.limit;
      set.set(name, {
        ...reading,
        ...(limit !== undefined && { limit }),
        at: now,
        taken: 0,
        estimable: reading.window === 'tokens' && !splitsInput,
        ...(refillMs !== undefined && { refillMs }),
      });
    }
  }

  /** A request was let through; `-1`: taken back. */
  took(model: string | undefined, requests: 1 | -1): void {
    for (const [window] of this.#concerning(model)) window.taken = Math.max(0, window.taken + requests);
  }

  /** What keeps a request from starting: the last of the windows to open again. */
  closed(ask: { tokens: number; model?: string }, now: number): Closure | undefined {
    let last: Closure | undefined;
    for (const [window, scope] of this.#concerning(ask.model)) {
      const until = opensAt(window, ask.tokens);
      if (until > now && until > (last?.until ?? 0)) last = { until, why: `the provider has no ${nameOf(window)} left for it`, scope };
    }
    return last;
  }

  /** Requests or tokens a minute that our own count must keep to: where no fresh reading says what is left. */
  cap(window: 'requests' | 'tokens', model: string | undefined, now: number): Learned | undefined {
    return this.perMinute(window, model, now, (known) => !tellsRest(known, now));
  }

  /** Requests or tokens a minute; the lowest where several are known. */
  perMinute(
    window: 'requests' | 'tokens',
    model: string | undefined,
    now: number,
    counts: (known: Window) => boolean = () => true,
  ): Learned | undefined {
    let lowest: Learned | undefined;
    for (const [known, scope] of this.#concerning(model)) {
      if (known.window !== window || !known.limit || !isMinute(known) || isOver(known, now)) continue;
      if ((window === 'tokens' && !known.estimable) || !counts(known)) continue;
      if (known.limit < (lowest?.limit ?? Number.POSITIVE_INFINITY)) lowest = { limit: known.limit, scope };
    }
    return lowest;
  }

  /** The window that must be left alone the longest: its rest is the user's reserve, or a long one is used up. */
  block(headroom: number | undefined, model: string | undefined, now: number): Block | undefined {
    let longest: (Block & { until: number }) | undefined;
    for (const [window, scope] of this.#concerning(model)) {
      const block = quotaBlock(window, scope, now) ?? headroomBlock(window, headroom ?? 0, scope, now);
      if (block && block.until > (longest?.until ?? 0)) longest = block;
    }
    return longest;
  }

  list(now: number): LimitEntry['windows'] {
    return [...this.#sets].flatMap(([model, set]) =>
      [...set.values()]
        .filter((window) => !isOver(window, now))
        .map(({ window, per, limit, remaining, resetsAt, at }) => ({
          window: model === '' ? window : `${window} (${model})`,
          ...(per !== undefined && { per }),
          ...(limit !== undefined && { limit }),
          ...(remaining !== undefined && { remaining }),
          ...(resetsAt !== undefined && { resetsAt }),
          at,
        })),
    );
  }

  *#concerning(model: string | undefined): Iterable<[Window, Scope]> {
    for (const window of this.#sets.get('')?.values() ?? []) yield [window, 'account'];
    if (model === undefined) return;
    for (const window of this.#sets.get(model)?.values() ?? []) yield [window, 'model'];
  }
}

/** A fresh reading says what is left: that counts, not our own sum of what the limit would allow. */
function tellsRest({ remaining, taken, at }: Window, now: number): boolean {
  return remaining !== undefined && remaining > taken && now - at < MINUTE_MS;
}

function nameOf(window: Window): string {
  return window.per === undefined ? window.window : `${window.window} a ${window.per}`;
}

/** A window of a minute without a reset (Mistral's) is taken to reset a minute later. */
function resetOf(window: Window): number | undefined {
  return window.resetsAt ?? (window.per === 'minute' ? window.at + MINUTE_MS : undefined);
}

function isOver(window: Window, now: number): boolean {
  return (resetOf(window) ?? window.at) + HOUR_MS < now;
}

function isMinute(window: Window): boolean {
  if (window.per !== undefined) return window.per === 'minute';
  if (window.lengthUnknown || window.refillMs === DAY_MS) return false;
  return window.resetsAt !== undefined && window.resetsAt - window.at < SHORT_MS;
}

function isLong(window: Window): boolean {
  return window.per === 'day' || window.per === 'month' || (window.resetsAt ?? 0) - window.at > SHORT_MS;
}

/** When a request of so many tokens may start, as far as this window knows: `at` or earlier where it may now. */
function opensAt(window: Window, tokens: number): number {
  const { limit = Number.POSITIVE_INFINITY, remaining, at } = window;
  const needed = Math.min(limit, neededOf(window, tokens));
  if (remaining === undefined || remaining >= needed) return at;
  return refilledAt(window, needed) ?? at;
}

/**
 * Requests let through since count in short windows only, so that a herd does not meet the same last place. In a long one, those that
 * never arrived would lock the account until tomorrow; there one refusal more does no harm.
 */
function neededOf(window: Window, tokens: number): number {
  if (window.window === 'requests') return isLong(window) ? 1 : window.taken + 1;
  return window.estimable ? tokens : 1;
}

/** When so much is there again. */
function refilledAt(window: Window, needed: number): number | undefined {
  const resetsAt = resetOf(window);
  const { limit = 0, remaining = 0, refillMs, at } = window;
  if (resetsAt === undefined || refillMs === undefined || limit <= remaining) return resetsAt;
  return at + ((resetsAt - at) * (needed - remaining)) / (limit - remaining);
}

/**
 * OpenAI, Azure and Groq refill steadily, and `reset` tells when all is there again: one of 500 requests a minute is back after 120 ms
 * (recordings/openai-chat/openai-citations-…), 30 of Groq's 14,400 a day after 3 minutes (console.groq.com/docs/rate-limits). With a
 * day's allowance used up the next request may go out within seconds or minutes, not tomorrow. Told by readings with little used, where
 * a window that resets at once would still be far from its end; kept for those with much used, which cannot tell.
 */
function refillOf({ limit, remaining, resetsAt, per }: Reading, now: number, earlier: number | undefined): number | undefined {
  if (!limit || remaining === undefined || resetsAt === undefined) return earlier;
  const used = (limit - remaining) / limit;
  const fits = (length: number, tolerance: number): boolean => Math.abs(resetsAt - now - used * length) <= used * length * tolerance + 5;
  if (used <= 0) return earlier;
  // A day's allowance first seen when it is used up: asking once too early costs less than a day without the account.
  if (used > 0.5) return earlier ?? (per !== 'minute' && per !== 'month' && fits(DAY_MS, 0.01) ? DAY_MS : undefined);
  const lengths = per === undefined ? [MINUTE_MS, DAY_MS] : per === 'minute' ? [MINUTE_MS] : per === 'day' ? [DAY_MS] : [];
  return lengths.find((length) => fits(length, 0.1));
}

function quotaBlock(window: Window, scope: Scope, now: number): (Block & { until: number }) | undefined {
  if (window.remaining !== 0 || !isLong(window)) return undefined;
  const until = refilledAt(window, 1) ?? 0;
  return until > now ? { reason: 'quota', scope, until, detail: `${nameOf(window)} used up until ${clock(until, now)}` } : undefined;
}

function headroomBlock(window: Window, headroom: number, scope: Scope, now: number): (Block & { until: number }) | undefined {
  const { limit, remaining } = window;
  if (headroom <= 0 || !limit || remaining === undefined || remaining * 100 > limit * headroom) return undefined;
  const until = resetOf(window) ?? 0;
  if (until <= now) return undefined;
  const left = Math.round((remaining / limit) * 1000) / 10;
  return {
    reason: 'headroom',
    scope,
    until,
    detail: `${left} % of its ${nameOf(window)} left, ${headroom} % are the reserve, until ${clock(until, now)}`,
  };
}
