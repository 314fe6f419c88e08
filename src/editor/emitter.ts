/** Something that can be ended; VS Code's `Disposable` fits it. */
export interface Disposable {
  dispose(): void;
}

/** Calls the listener from now on, until disposed of. VS Code's `Event` fits it. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** An event of our own, so that what does not need the editor can be tested without it. A listener that throws stops nobody else. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<(value: T) => void>();
  readonly #failed: (error: unknown) => void;

  constructor(failed: (error: unknown) => void = () => {}) {
    this.#failed = failed;
  }

  readonly event: Event<T> = (listener) => {
    // A wrapper of its own, so that the same function may listen twice.
    const entry = (value: T): void => listener(value);
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(value);
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
