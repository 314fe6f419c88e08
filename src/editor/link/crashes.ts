const WINDOW_MS = 60_000;
const MOST = 5;

/** How often the gateway's thread has crashed of late. */
export class Crashes {
  #times: number[] = [];

  /** Counts one; true when it is better not started again. */
  tooMany(now: number): boolean {
    this.#times = [...this.#times.filter((time) => now - time < WINDOW_MS), now];
    return this.#times.length > MOST;
  }
}

/** How long to wait before the n-th try in a row, from 0: 50 ms, doubled up to 2 s. */
export function backOffMs(tries: number): number {
  return Math.min(50 * 2 ** Math.min(tries, 10), 2000);
}
