/**
 * Cuts a JSON array that arrives in pieces into its top-level elements, as text: `streamGenerateContent` without `alt=sse` answers with
 * one growing array. Pieces may be cut anywhere, inside strings and escapes too.
 */
export class JsonArraySplitter {
  #element = '';
  #depth = 0;
  #inString = false;
  #escaped = false;
  #begun = false;
  #closed = false;

  /** The elements that `text` completes, in order. */
  push(text: string): string[] {
    const elements: string[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at] ?? '';
      if (this.#inString) this.#passString(character);
      else if (character === '"') this.#inString = true;
      else if (this.#isOuterMark(character)) {
        this.#element += text.slice(from, at);
        from = at + 1;
        this.#finish(elements);
        this.#closed ||= character === ']';
        this.#begun ||= character === '[';
      } else if (character === '{' || character === '[') this.#depth += 1;
      else if (character === '}' || character === ']') {
        this.#depth -= 1;
        if (this.#begun || this.#depth > 0) continue;
        // A lone object where the list was expected: an error body.
        this.#element += text.slice(from, at + 1);
        from = at + 1;
        this.#finish(elements);
      }
    }
    this.#element += text.slice(from);
    return elements;
  }

  /** True once the array's closing bracket was seen; a stream that ends before was cut. */
  get closed(): boolean {
    return this.#closed;
  }

  #passString(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') this.#inString = false;
  }

  /** The array's own brackets and the commas between its elements. */
  #isOuterMark(character: string): boolean {
    if (this.#depth > 0) return false;
    return this.#begun ? character === ',' || character === ']' : character === '[';
  }

  #finish(elements: string[]): void {
    const element = this.#element.trim();
    this.#element = '';
    if (element !== '') elements.push(element);
  }
}
