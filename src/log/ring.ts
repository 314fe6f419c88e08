/** The newest items of a sequence, at most `size`. */
export class Ring<T> {
  readonly #size: number;
  #items: T[] = [];
  /** Where the oldest stands once it is full. */
  #next = 0;

  constructor(size: number) {
    this.#size = size;
  }

  push(item: T): void {
    if (this.#items.length < this.#size) this.#items.push(item);
    else {
      this.#items[this.#next] = item;
      this.#next = (this.#next + 1) % this.#size;
    }
  }

  /** The last `n`, oldest first. */
  last(n: number): T[] {
    const all = [...this.#items.slice(this.#next), ...this.#items.slice(0, this.#next)];
    return n <= 0 ? [] : all.slice(-n);
  }
}
