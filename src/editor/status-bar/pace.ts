/** What the clock of the extension host gives; tests have their own. */
export interface Timers {
  now(): number;
  /** Gives the function that takes it back. */
  after(ms: number, work: () => void): () => void;
}

export const realTimers: Timers = {
  now: Date.now,
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Does the work when asked, at once or as soon as `leastMs` have passed since the last time: never more often, and never not at all. */
export class Pace {
  readonly #leastMs: number;
  readonly #work: () => void;
  readonly #timers: Timers;
  #last = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(leastMs: number, work: () => void, timers: Timers = realTimers) {
    this.#leastMs = leastMs;
    this.#work = work;
    this.#timers = timers;
  }

  ask(): void {
    if (this.#cancel) return;
    const wait = this.#last + this.#leastMs - this.#timers.now();
    if (wait <= 0) this.#run();
    else this.#cancel = this.#timers.after(wait, () => this.#run());
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }

  #run(): void {
    this.#cancel = undefined;
    this.#last = this.#timers.now();
    this.#work();
  }
}
