import type { Disposable } from '../emitter.ts';
import type { Clock } from './clock.ts';

/** Something read again and again: never twice at once, and when asked while it runs, once more after that. */
export class Reading implements Disposable {
  readonly #clock: Clock;
  readonly #read: () => Promise<void>;
  #timer: Disposable | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;

  /** `read` must not reject. */
  constructor(clock: Clock, read: () => Promise<void>) {
    this.#clock = clock;
    this.#read = read;
  }

  get running(): boolean {
    return this.#running !== undefined;
  }

  /** Reads; what is given began after this call. */
  now(): Promise<void> {
    this.#cancel();
    if (!this.#running) return this.#start();
    this.#next ??= this.#running.then(() => {
      this.#next = undefined;
      return this.#start();
    });
    return this.#next;
  }

  /** Reads within `ms`, once for all who ask until then. */
  soon(ms: number): void {
    this.#timer ??= this.#clock.after(ms, () => void this.now());
  }

  dispose(): void {
    this.#cancel();
  }

  #start(): Promise<void> {
    this.#running = this.#read().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  #cancel(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }
}
