/** Each bucket is so much wider than the one before: its middle is at most 2.5 % from anything in it. */
const RATIO = 1.05;
const LOG_RATIO = Math.log(RATIO);

/** How often durations occurred, by bucket: enough to tell percentiles of what is no longer kept singly. */
export class Histogram {
  readonly #counts = new Map<number, number>();

  /** From `toJSON`'s text. */
  static parse(text: string): Histogram {
    const histogram = new Histogram();
    const cells = JSON.parse(text) as number[];
    for (let i = 0; i + 1 < cells.length; i += 2) histogram.#put(cells[i] ?? 0, cells[i + 1] ?? 0);
    return histogram;
  }

  add(ms: number): void {
    this.#put(ms < 1 ? 0 : 1 + Math.floor(Math.log(ms) / LOG_RATIO), 1);
  }

  addAll(other: Histogram): void {
    for (const [bucket, count] of other.#counts) this.#put(bucket, count);
  }

  get empty(): boolean {
    return this.#counts.size === 0;
  }

  /** What stands for each bucket and how often, rising. */
  points(): { value: number; count: number }[] {
    return [...this.#counts]
      .sort(([a], [b]) => a - b)
      .map(([bucket, count]) => ({ value: bucket === 0 ? 0 : RATIO ** (bucket - 0.5), count }));
  }

  /** `[bucket, count, bucket, count, …]` */
  toJSON(): number[] {
    return [...this.#counts].flat();
  }

  #put(bucket: number, count: number): void {
    this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
  }
}
