import { doubled } from '../backoff.ts';

const EVERY_MS = 5 * 60_000;
const SLOWEST_MS = 60 * 60_000;
/** After a refusal for quota: by then the vendor has counted what led to it. */
const AFTER_REFUSAL_MS = 60_000;
/** Accounts that began together do not ask together for ever. */
const JITTER = 0.2;

/** When one account's quota is to be read again. */
export class Schedule {
  readonly #random: () => number;
  #dueAt = 0;
  #failures = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  isDue(now: number): boolean {
    return now >= this.#dueAt;
  }

  /** A reading ended; `resetsAt`: when its figures cease to be true. Failures back off, to an hour. */
  done(ok: boolean, now: number, resetsAt: readonly number[]): void {
    this.#failures = ok ? 0 : this.#failures + 1;
    const wait = doubled(EVERY_MS, this.#failures - 1, SLOWEST_MS) * (1 + JITTER * this.#random());
    const soonest = Math.min(...resetsAt.filter((at) => at > now)) + 1000;
    this.#dueAt = ok ? Math.min(now + wait, Math.max(soonest, now + AFTER_REFUSAL_MS)) : now + wait;
  }

  /** The account was refused for want of quota. A reading that fails does not become more eager for it. */
  refused(now: number): void {
    if (this.#failures === 0) this.#dueAt = Math.min(this.#dueAt, now + AFTER_REFUSAL_MS);
  }
}
