const MINUTE_MS = 60_000;
const MINUTES = 60;

/** How often something happened in the last hour, in buckets of a minute. */
export class HourCount {
  readonly #counts = new Uint32Array(MINUTES);
  #minute = 0;

  add(now: number): void {
    const slot = this.#advance(now) % MINUTES;
    this.#counts[slot] = (this.#counts[slot] ?? 0) + 1;
  }

  count(now: number): number {
    this.#advance(now);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** Empties the buckets of the minutes gone by. A clock set back counts in the newest bucket. */
  #advance(now: number): number {
    const minute = Math.floor(now / MINUTE_MS);
    for (let gone = Math.max(this.#minute + 1, minute - MINUTES + 1); gone <= minute; gone++) this.#counts[gone % MINUTES] = 0;
    this.#minute = Math.max(this.#minute, minute);
    return this.#minute;
  }
}
