import type { EventBus, GatewayEvent } from './events.ts';

/** Passes events on to listeners in turn; one that throws is left out from then on. */
export class Bus implements EventBus {
  readonly #listeners = new Set<(event: GatewayEvent) => void>();
  readonly #failed: (error: unknown) => void;

  constructor(failed: (error: unknown) => void = () => {}) {
    this.#failed = failed;
  }

  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  publish(event: GatewayEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#listeners.delete(listener);
        this.#failed(error);
      }
    }
  }

  subscribe(listener: (event: GatewayEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
