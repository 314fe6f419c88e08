import { LRUCache } from 'lru-cache';
import type { GatewayError } from '../../conversation/error.ts';
import type { Block } from '../block.ts';
import type { HealthEntry } from '../books.ts';
import { Breaker, type BreakerSettings, type OpenBreaker } from './breaker.ts';
import { breakerDetail } from './detail.ts';
import { shortened } from './note.ts';

const MAX_BREAKERS = 1000;
const DAY_MS = 24 * 60 * 60_000;
/** When to ask again while a probe is under way: soon, since it ends one way or the other. */
const PROBING_MS = 1000;

/** Failures that made somebody wait (src/upstream/timers.ts, http.ts); a 408 or 504 of the provider's does too. */
const SLOW_CODES: ReadonlySet<string> = new Set(['connect_timeout', 'first_byte_timeout', 'idle_timeout']);
const SLOW_STATUS: ReadonlySet<number> = new Set([408, 504]);

/** Whether a failure is the host's own: 5xx, an error inside a 200, no answer at all. A 4xx overload is one account's or model's share. */
export function isHostFailure({ class: failure, status }: GatewayError): boolean {
  return failure === 'network' || (failure === 'overload' && (status >= 500 || status < 400));
}

/** The breakers by name. Those that never failed, or have answered since, are not there. */
export class Breakers {
  readonly #all = new LRUCache<string, Breaker>({ max: MAX_BREAKERS });

  get size(): number {
    return this.#all.size;
  }

  blocked(name: string, now: number): Block | undefined {
    const breaker = this.#all.peek(name);
    if (!breaker) return undefined;
    const until = breaker.openUntil(now);
    if (until !== undefined) return blockWith(until, breakerDetail(breaker.failures, breaker.message, until - now));
    if (breaker.state(now) === 'closed' || !breaker.isProbing(now)) return undefined;
    return blockWith(now + PROBING_MS, breakerDetail(breaker.failures, breaker.message, undefined));
  }

  admit(name: string, pair: string, lastResort: boolean, now: number): boolean {
    return this.#all.peek(name)?.admit(pair, lastResort, now) ?? true;
  }

  fail(name: string, pair: string, error: GatewayError, settings: BreakerSettings, now: number): void {
    const breaker = this.#all.peek(name) ?? new Breaker();
    const slow = SLOW_CODES.has(error.code ?? '') || SLOW_STATUS.has(error.status);
    breaker.fail(pair, { slow, message: shortened(error.message) }, settings, now);
    this.#all.set(name, breaker);
  }

  release(name: string, pair: string): void {
    this.#all.peek(name)?.release(pair);
  }

  /** Closes it; tells whether there was anything to close. */
  close(name: string): boolean {
    return this.#all.delete(name);
  }

  /** Those that failed within a day. */
  list(now: number): HealthEntry[] {
    const entries: HealthEntry[] = [];
    for (const [name, breaker] of this.#oldestFirst()) {
      if (now - breaker.lastAt > DAY_MS) {
        this.#all.delete(name);
        continue;
      }
      const state = breaker.state(now);
      const block = state === 'open' ? this.blocked(name, now) : undefined;
      entries.push({ scope: 'provider', id: name, state, failures: breaker.failures, ...(block ? { block } : {}) });
    }
    return entries;
  }

  saved(now: number): ({ name: string } & OpenBreaker)[] {
    return this.#oldestFirst().flatMap(([name, breaker]) => {
      const saved = breaker.saved(now);
      return saved ? [{ name, ...saved }] : [];
    });
  }

  put(name: string, saved: OpenBreaker, now: number): void {
    this.#all.set(name, Breaker.reopened(saved, now));
  }

  #oldestFirst(): [string, Breaker][] {
    return [...this.#all.entries()].reverse();
  }
}

function blockWith(until: number, detail: string): Block {
  return { reason: 'breaker', scope: 'provider', until, detail };
}
