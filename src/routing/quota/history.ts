import type { Point } from './forecast.ts';

const MOST = 200;
/** Figures nearer together say no more about the pace. */
const NEAR_MS = 30_000;
/** A share that falls by more than a rounding has been reset. */
const RESET_DROP = 1;

/** The points of one window since its last reset, at most 200: the older, the further apart. */
export class History {
  #points: Point[] = [];

  get points(): readonly Point[] {
    return this.#points;
  }

  /** An earlier life's points, as far as they are in order. */
  restore(points: readonly Point[]): void {
    for (const point of points) this.add(point);
  }

  add(point: Point): void {
    const last = this.#points.at(-1);
    if (last && point.at <= last.at) return;
    if (last && point.usedPercent < last.usedPercent - RESET_DROP) this.#points = [];
    // The newest always counts; the one before it goes where it came too soon after its own.
    const before = this.#points.at(-2);
    if (before && point.at - before.at < NEAR_MS) this.#points.pop();
    this.#points.push(point);
    if (this.#points.length > MOST) this.#thin();
  }

  clear(): void {
    this.#points = [];
  }

  /** Every second point of the older half goes; the first stays. */
  #thin(): void {
    const half = this.#points.length / 2;
    this.#points = this.#points.filter((_, index) => index >= half || index % 2 === 0);
  }
}
