const GAP_MS = 50;

/** What comes within a moment is one message. */
export class Gathered {
  readonly #post: (items: unknown[]) => void;
  #items: unknown[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(post: (items: unknown[]) => void) {
    this.#post = post;
  }

  push(item: unknown): void {
    this.#items.push(item);
    this.#timer ??= setTimeout(() => this.flush(), GAP_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#items.length > 0) this.#post(this.#items.splice(0));
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#items = [];
  }
}
