import { Emitter, type Event } from '../emitter.ts';
import type { Clock } from './clock.ts';
import type { Slice } from './snapshot.ts';

/** Ten a second: more than a person can follow, and little for views to draw. */
const EVERY_MS = 100;

/** Tells which slices changed, several at once. */
export class Notices {
  readonly #clock: Clock;
  readonly #emitter: Emitter<ReadonlySet<Slice>>;
  #changed = new Set<Slice>();
  #told = Number.NEGATIVE_INFINITY;
  #timer: { dispose(): void } | undefined;

  constructor(clock: Clock, failed: (error: unknown) => void) {
    this.#clock = clock;
    this.#emitter = new Emitter(failed);
  }

  get event(): Event<ReadonlySet<Slice>> {
    return this.#emitter.event;
  }

  changed(slices: Iterable<Slice>): void {
    for (const slice of slices) this.#changed.add(slice);
    if (this.#changed.size === 0) return;
    // A clock that was set back must not hold notices up.
    const since = Math.max(0, this.#clock.now() - this.#told);
    this.#timer ??= this.#clock.after(Math.max(0, EVERY_MS - since), () => this.#tell());
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#emitter.dispose();
  }

  #tell(): void {
    this.#timer = undefined;
    this.#told = this.#clock.now();
    const changed = this.#changed;
    this.#changed = new Set();
    this.#emitter.fire(changed);
  }
}
