import { monitorEventLoopDelay } from 'node:perf_hooks';

type IntervalHistogram = ReturnType<typeof monitorEventLoopDelay>;

const RESOLUTION_MS = 10;
/** What was measured longer ago is left out. */
const WINDOW_MS = 60_000;
/** Nobody has looked for so long: the measuring ends. */
const IDLE_MS = 2 * 60_000;

export interface LoopDelay {
  p50: number;
  p99: number;
  max: number;
}

/** How late this thread's event loop comes to what is due. Measures only while somebody looks: a clock of 10 ms would keep machines awake. */
export class EventLoopWatch {
  readonly #now: () => number;
  #histogram: IntervalHistogram | undefined;
  #since = 0;
  #idle: NodeJS.Timeout | undefined;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Milliseconds, of the last minute at most; `null` when measuring has just begun. */
  read(): LoopDelay | null {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.stop(), IDLE_MS);
    this.#idle.unref();
    const histogram = this.#histogram;
    if (!histogram) {
      this.#begin();
      return null;
    }
    const delay = histogram.count === 0 ? null : delayOf(histogram);
    if (this.#now() - this.#since >= WINDOW_MS) {
      histogram.reset();
      this.#since = this.#now();
    }
    return delay;
  }

  stop(): void {
    clearTimeout(this.#idle);
    this.#histogram?.disable();
    this.#histogram = undefined;
  }

  #begin(): void {
    this.#histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
    this.#histogram.enable();
    this.#since = this.#now();
  }
}

function delayOf(histogram: IntervalHistogram): LoopDelay {
  // Node measures from tick to tick, the tick itself included.
  const ms = (nanos: number): number => Math.max(0, Math.round((nanos / 1e6 - RESOLUTION_MS) * 10) / 10);
  return { p50: ms(histogram.percentile(50)), p99: ms(histogram.percentile(99)), max: ms(histogram.max) };
}
