/** The length of the window that requests and tokens a minute are counted in. */
export const MINUTE_MS = 60_000;

/** One request that was let through. */
export interface Start {
  readonly at: number;
  /** Reserved at first, corrected when the request has ended. */
  tokens: number;
}

/** The requests let through within the last minute: a sliding window, so no 60 s ever hold more than the limit. */
export class StartLog {
  #starts: Start[] = [];
  /** Those before it have left the window. */
  #head = 0;
  #tokens = 0;

  add(start: Start): void {
    this.#prune(start.at);
    this.#starts.push(start);
    this.#tokens += start.tokens;
  }

  /** Takes a start back that was never used. */
  remove(start: Start): void {
    const at = this.#starts.lastIndexOf(start);
    if (at < this.#head) return;
    this.#starts.splice(at, 1);
    this.#tokens -= start.tokens;
  }

  /** Counts other tokens for a start than it has by now. To be called before `start.tokens` changes. */
  correct(start: Start, tokens: number, now: number): void {
    this.#prune(now);
    if (start.at > now - MINUTE_MS) this.#tokens += tokens - start.tokens;
  }

  /** When the request after `ahead` others may start, at most `rpm` in any minute. */
  slot(rpm: number, ahead: number, now: number): number {
    this.#prune(now);
    const count = this.#starts.length - this.#head;
    const index = count + ahead;
    if (index < rpm) return now;
    // Each start frees its place a minute later: follow the places back to one that is known.
    const rounds = Math.floor(ahead / rpm) + 1;
    const known = this.#starts[this.#head + index - rounds * rpm];
    return index < rounds * rpm || known === undefined ? now + (rounds - 1) * MINUTE_MS : known.at + rounds * MINUTE_MS;
  }

  /** When so many tokens fit. More than the limit itself fit when nothing else is in the window: they would never else. */
  room(tokens: number, tpm: number, now: number): number {
    this.#prune(now);
    let left = this.#tokens;
    if (left <= 0 || left + tokens <= tpm) return now;
    for (const start of this.#starts.slice(this.#head)) {
      left -= start.tokens;
      if (left <= 0 || left + tokens <= tpm) return start.at + MINUTE_MS;
    }
    return now;
  }

  #prune(now: number): void {
    // The clock was set back by more than a window: what is noted would keep the gate shut until it comes there again.
    if ((this.#starts.at(-1)?.at ?? 0) > now + MINUTE_MS) this.#clear();
    let start = this.#starts[this.#head];
    while (start && start.at <= now - MINUTE_MS) {
      this.#tokens -= start.tokens;
      this.#head += 1;
      start = this.#starts[this.#head];
    }
    // Cut off what has left only when it is most of the array, so each start is moved once on average.
    if (this.#head > 32 && this.#head * 2 > this.#starts.length) {
      this.#starts = this.#starts.slice(this.#head);
      this.#head = 0;
    }
  }

  #clear(): void {
    this.#starts = [];
    this.#head = 0;
    this.#tokens = 0;
  }
}
