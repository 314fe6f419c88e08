import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';

const STEP_MS = 10_000;
const MINUTE_MS = 60_000;
const SPAN_MS = 30 * MINUTE_MS;
/** As many requests as the page is told of; when it has fewer, it has all. */
const MOST = 200;

/**
 * How many requests began a minute, over the last half hour, counted from those the page is told of. Where it was not told (nobody
 * looked, and more came than it is told of afterwards) it is not known.
 */
export class Pulse {
  /** Requests that began in each step of ten seconds, by the step's number. */
  readonly #steps = new Map<number, number>();
  #last: readonly LiveRequest[] = [];
  /** From here on, to now, everything was counted. */
  #knownFrom = Number.POSITIVE_INFINITY;

  /** `requests`: newest first, all that the page has. */
  take(requests: readonly LiveRequest[], now: number): void {
    if (requests === this.#last) return;
    const oldest = requests.length < MOST ? Number.NEGATIVE_INFINITY : (requests.at(-1)?.startedAt ?? now);
    const before = new Set(this.#last.map(({ id }) => id));
    // One that was pushed out by newer ones may come back when those are forgotten; it was counted.
    const counted = this.#last.length < MOST ? Number.NEGATIVE_INFINITY : (this.#last.at(-1)?.startedAt ?? Number.NEGATIVE_INFINITY);
    const joins = this.#last.length > 0 && requests.some(({ id }) => before.has(id));
    if (!joins) this.#forget();
    this.#knownFrom = Math.min(this.#knownFrom, oldest);
    for (const { id, startedAt } of requests) {
      if (startedAt < now - SPAN_MS - MINUTE_MS || before.has(id) || (joins && startedAt < counted)) continue;
      const step = Math.floor(startedAt / STEP_MS);
      this.#steps.set(step, (this.#steps.get(step) ?? 0) + 1);
    }
    this.#last = requests;
    this.#prune(now);
  }

  /** Requests in the last minute; `null`: not known. */
  perMinute(now: number): number | null {
    return this.#minuteUntil(now);
  }

  /** The same for sixty moments of the last half hour, oldest first. */
  line(now: number): (number | null)[] {
    return Array.from({ length: 60 }, (_, at) => this.#minuteUntil(now - (59 - at) * (SPAN_MS / 60)));
  }

  #minuteUntil(end: number): number | null {
    if (end - MINUTE_MS < this.#knownFrom - STEP_MS) return null;
    const last = Math.floor(end / STEP_MS);
    let sum = 0;
    for (let step = last - 5; step <= last; step += 1) sum += this.#steps.get(step) ?? 0;
    return sum;
  }

  #forget(): void {
    this.#steps.clear();
    this.#knownFrom = Number.POSITIVE_INFINITY;
  }

  #prune(now: number): void {
    const first = Math.floor((now - SPAN_MS - MINUTE_MS) / STEP_MS);
    for (const step of this.#steps.keys()) if (step < first) this.#steps.delete(step);
  }
}
