/** Time zones differ by whole quarters of an hour, and change at such: within one, hour and day are the same. */
const QUARTER_MS = 15 * 60_000;

const two = (n: number): string => String(n).padStart(2, '0');

/** The day of this machine's time zone: `2026-11-22`. */
export function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The hour of this machine's time zone: `2026-11-22T19`. */
export function hourOf(at: number): string {
  return `${dayOf(at)}T${two(new Date(at).getHours())}`;
}

/** When the day began that was `days` before the one of `at`. */
export function startOfDay(at: number, days: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - days).getTime();
}

/** Labels as numbers, fast for many times one after the other. */
export class TimeLabels {
  readonly #label: (at: number) => string;
  readonly #ids = new Map<string, number>();
  readonly #labels: string[] = [];
  readonly #quarters = new Map<number, number>();
  #quarter = Number.NaN;
  #id = 0;

  constructor(label: (at: number) => string) {
    this.#label = label;
  }

  label(id: number): string {
    return this.#labels[id] ?? '';
  }

  idAt(at: number): number {
    const quarter = Math.floor(at / QUARTER_MS);
    if (quarter === this.#quarter) return this.#id;
    this.#quarter = quarter;
    this.#id = this.#quarters.get(quarter) ?? this.#newQuarter(quarter, at);
    return this.#id;
  }

  idOf(label: string): number {
    const known = this.#ids.get(label);
    if (known !== undefined) return known;
    const id = this.#labels.push(label) - 1;
    this.#ids.set(label, id);
    return id;
  }

  #newQuarter(quarter: number, at: number): number {
    const id = this.idOf(this.#label(at));
    this.#quarters.set(quarter, id);
    return id;
  }
}
