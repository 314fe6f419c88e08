import { LRUCache } from 'lru-cache';

const ALPHA = 0.3;
const FORGOTTEN_MS = 30 * 60_000;
const MAX_ENTRIES = 5000;

export interface Measured {
  ms: number;
  /** When last measured. */
  at: number;
}

/** EWMA (α = 0.3) of the time to the first token of each account × model, forgotten half an hour after the last measurement. */
export class LatencyBook {
  readonly #entries = new LRUCache<string, Measured>({ max: MAX_ENTRIES });

  add(pair: string, ms: number, now: number): void {
    if (!Number.isFinite(ms) || ms < 0) return;
    const before = this.of(pair, now);
    this.#entries.set(pair, { ms: before === undefined ? ms : ALPHA * ms + (1 - ALPHA) * before, at: now });
  }

  of(pair: string, now: number): number | undefined {
    const entry = this.#entries.get(pair);
    return entry && now - entry.at <= FORGOTTEN_MS ? entry.ms : undefined;
  }

  /** Fresh measurements, oldest first. */
  list(now: number): [pair: string, Measured][] {
    return [...this.#entries.entries()].reverse().filter(([, { at }]) => now - at <= FORGOTTEN_MS);
  }

  /** Takes back what was measured in an earlier life; it keeps its age. */
  put(pair: string, measured: Measured, now: number): void {
    if (measured.at <= now && now - measured.at <= FORGOTTEN_MS) this.#entries.set(pair, measured);
  }
}
