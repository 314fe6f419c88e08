import { doubled } from '../backoff.ts';

export interface BreakerSettings {
  breakerFailures: number;
  breakerOpenMs: number;
  breakerMaxOpenMs: number;
}

/** What outlives a restart. */
export interface OpenBreaker {
  failures: number;
  /** Times it opened without a success in between. */
  opened: number;
  until: number;
  /** The last failure made its request wait for nothing. */
  slow: boolean;
  message: string;
}

interface Probe {
  /** The account × model it asks. */
  pair: string;
  since: number;
  /** Let through before the time was over, because nobody else was left. */
  early: boolean;
}

/** A probe that never reports (its request's process stalled) must not block for ever. */
const PROBE_MS = 2 * 60_000;

/**
 * Circuit breaker of one provider's host (Nygard, "Release It!"): after so many failures in a row it opens, when its time is over it lets a
 * single probe through, and closes with the first success. A success drops the breaker altogether; so an instance has failed at least once.
 */
export class Breaker {
  #failures = 0;
  #opened = 0;
  #until: number | undefined;
  #slow = false;
  #message = '';
  #probe: Probe | undefined;
  #lastAt = 0;

  static reopened(saved: OpenBreaker, now: number): Breaker {
    const breaker = new Breaker();
    breaker.#failures = saved.failures;
    breaker.#opened = saved.opened;
    breaker.#until = saved.until;
    breaker.#slow = saved.slow;
    breaker.#message = saved.message;
    breaker.#lastAt = now;
    return breaker;
  }

  get failures(): number {
    return this.#failures;
  }

  get message(): string {
    return this.#message;
  }

  /** When it was last told of a failure. */
  get lastAt(): number {
    return Math.max(this.#lastAt, this.#until ?? 0);
  }

  state(now: number): 'closed' | 'open' | 'half-open' {
    if (this.#until === undefined) return 'closed';
    return now < this.#until ? 'open' : 'half-open';
  }

  /** End of the open time; `undefined` when not open. */
  openUntil(now: number): number | undefined {
    return this.state(now) === 'open' ? this.#until : undefined;
  }

  /** A probe is under way. */
  isProbing(now: number): boolean {
    return this.#probe !== undefined && now - this.#probe.since < PROBE_MS;
  }

  /** Takes the probe's place where one is needed. */
  admit(pair: string, lastResort: boolean, now: number): boolean {
    const state = this.state(now);
    if (state === 'closed') return true;
    // A dead host that makes people wait is not waited for again before its time.
    if (state === 'open' && (!lastResort || this.#slow)) return false;
    if (this.isProbing(now)) return false;
    this.#probe = { pair, since: now, early: state === 'open' };
    return true;
  }

  /** An attempt of this pair failed in a way that counts. */
  fail(pair: string, failure: { slow: boolean; message: string }, settings: BreakerSettings, now: number): void {
    this.#failures += 1;
    this.#slow = failure.slow;
    this.#message = failure.message;
    this.#lastAt = now;
    if (this.#until === undefined) {
      if (this.#failures >= settings.breakerFailures) this.#open(settings, now);
      return;
    }
    // Others are attempts that began before it opened: they say nothing new.
    if (this.#probe?.pair !== pair) return;
    const { early } = this.#probe;
    this.#probe = undefined;
    // An early try that fails must not make the wait longer for those who keep to it.
    if (!early) this.#open(settings, now);
  }

  /** The attempt of this pair said nothing about the host. */
  release(pair: string): void {
    if (this.#probe?.pair === pair) this.#probe = undefined;
  }

  /** What to keep; `undefined` unless open. */
  saved(now: number): OpenBreaker | undefined {
    const until = this.openUntil(now);
    if (until === undefined) return undefined;
    return { failures: this.#failures, opened: this.#opened, until, slow: this.#slow, message: this.#message };
  }

  #open({ breakerOpenMs, breakerMaxOpenMs }: BreakerSettings, now: number): void {
    this.#opened += 1;
    this.#until = now + doubled(breakerOpenMs, this.#opened - 1, breakerMaxOpenMs);
    this.#probe = undefined;
  }
}
