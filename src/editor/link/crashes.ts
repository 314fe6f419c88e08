const WINDOW_MS = 60_000;
const MOST = 5;

/** How often the gateway's thread has crashed of late. */
export class Crashes {
  #times: number[] = [];
  /** What the last one was of. */
  last = '';

  add(now: number, message: string): void {
    this.#times.push(now);
    this.last = message;
  }

  /** True when it is better not started again here: five new starts in a minute were for nothing. */
  tooMany(now: number): boolean {
    this.#times = this.#times.filter((time) => now - time < WINDOW_MS);
    return this.#times.length > MOST;
  }

  clear(): void {
    this.#times = [];
  }
}

/** How long to wait before the n-th try in a row, from 0: 50 ms, doubled up to 2 s. */
export function backOffMs(tries: number): number {
  return Math.min(50 * 2 ** Math.min(tries, 10), 2000);
}
