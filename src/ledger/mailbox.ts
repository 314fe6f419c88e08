import type { GatewayEvent } from './events.ts';

/**
 * Events waiting for one listener that takes them at its own pace. Never more than `most`: the oldest go first, and the next ones taken
 * begin by saying how many went.
 */
export class Mailbox {
  readonly #most: number;
  readonly #now: () => number;
  #events: GatewayEvent[] = [];
  #dropped = 0;
  #wake: (() => void) | undefined;

  constructor(most: number, now: () => number) {
    this.#most = most;
    this.#now = now;
  }

  put(event: GatewayEvent): void {
    this.#events.push(event);
    if (this.#events.length > this.#most) {
      this.#events.shift();
      this.#dropped += 1;
    }
    this.#wake?.();
  }

  /** All that waits, or the first to come; empty when `signal` fires before anything has. */
  async take(signal: AbortSignal): Promise<GatewayEvent[]> {
    if (this.#events.length === 0 && !signal.aborted) await this.#news(signal);
    const events = this.#events;
    this.#events = [];
    if (this.#dropped === 0) return events;
    const told: GatewayEvent = { type: 'dropped', at: this.#now(), count: this.#dropped };
    this.#dropped = 0;
    return [told, ...events];
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
