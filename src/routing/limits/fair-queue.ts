/** One first-in-first-out line for each key, served in turn: a key with many waiting cannot keep another one from its turn. */
export class FairQueue<T extends { key: string }> {
  /** In the order of their turns. None is empty. */
  readonly #lines = new Map<string, T[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  add(item: T): void {
    const line = this.#lines.get(item.key);
    if (line) line.push(item);
    else this.#lines.set(item.key, [item]);
    this.#size += 1;
  }

  /** The first of each line, the one whose turn it is first. */
  *heads(): Iterable<T> {
    for (const [head] of this.#lines.values()) if (head !== undefined) yield head;
  }

  /** Takes out an item whose turn has come; its key's next turn is after all others'. */
  serve(item: T): void {
    this.remove(item);
    const line = this.#lines.get(item.key);
    if (!line) return;
    this.#lines.delete(item.key);
    this.#lines.set(item.key, line);
  }

  /** Takes out an item that waits no longer; nobody's turn changes. False when it was not there. */
  remove(item: T): boolean {
    const line = this.#lines.get(item.key);
    const at = line?.indexOf(item) ?? -1;
    if (!line || at < 0) return false;
    line.splice(at, 1);
    if (line.length === 0) this.#lines.delete(item.key);
    this.#size -= 1;
    return true;
  }

  /** How many will be served before one that joins now under this key. */
  ahead(key: string): number {
    const own = this.#lines.get(key)?.length ?? 0;
    let ahead = own;
    for (const [other, line] of this.#lines) if (other !== key) ahead += Math.min(line.length, own + 1);
    return ahead;
  }

  [Symbol.iterator](): Iterator<T> {
    return [...this.#lines.values()].flat()[Symbol.iterator]();
  }
}
