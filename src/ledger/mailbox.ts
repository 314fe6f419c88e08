/**
 * What waits for one listener that takes it at its own pace. Never more than `most`: the oldest go first, and the next ones taken
 * begin by saying how many went.
 */
export class Mailbox<T> {
  readonly #most: number;
  readonly #saysDropped: (count: number) => T;
  #items: T[] = [];
  #dropped = 0;
  #wake: (() => void) | undefined;

  constructor(most: number, saysDropped: (count: number) => T) {
    this.#most = most;
    this.#saysDropped = saysDropped;
  }

  put(item: T): void {
    this.#items.push(item);
    if (this.#items.length > this.#most) {
      this.#items.shift();
      this.#dropped += 1;
    }
    this.#wake?.();
  }

  /** All that waits, or the first to come; empty when `signal` fires before anything has. */
  async take(signal: AbortSignal): Promise<T[]> {
    if (this.#items.length === 0 && !signal.aborted) await this.#news(signal);
    const items = this.#items;
    this.#items = [];
    if (this.#dropped === 0) return items;
    const told = this.#saysDropped(this.#dropped);
    this.#dropped = 0;
    return [told, ...items];
  }

  #news(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#wake = undefined;
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wake = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
