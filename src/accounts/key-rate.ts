const WINDOW_MS = 60_000;

/** Requests a minute of each gateway key, counted exactly: in no 60 seconds are there more. In memory; a restart begins anew. */
export class KeyRates {
  /** When the requests of the last minute came, oldest first, by key id. */
  readonly #taken = new Map<string, number[]>();

  /**
   * Counts a request that may go on, and gives `undefined`; otherwise counts nothing and gives the milliseconds until one may.
   * `now`: milliseconds by any clock.
   */
  take(keyId: string, rpm: number, now: number): number | undefined {
    const taken = this.#lastMinute(keyId, now);
    // The limit may have been lowered since: so many must grow old first.
    const inTheWay = taken[taken.length - rpm];
    if (taken.length >= rpm && inTheWay !== undefined) return inTheWay + WINDOW_MS - now;
    taken.push(now);
    return undefined;
  }

  #lastMinute(keyId: string, now: number): number[] {
    const known = this.#taken.get(keyId) ?? [];
    // A clock set back must not keep the key waiting for the difference: no time has passed, then.
    const ahead = Math.max(0, (known.at(-1) ?? now) - now);
    const firstIn = known.findIndex((time) => now - (time - ahead) < WINDOW_MS);
    const kept = (firstIn < 0 ? [] : known.slice(firstIn)).map((time) => time - ahead);
    this.#taken.set(keyId, kept);
    return kept;
  }
}
