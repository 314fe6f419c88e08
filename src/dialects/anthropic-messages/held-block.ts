import { type JsonObject, parseJson } from '../../conversation/json.ts';

/** A block of the vendor's own (server tools, their results, compaction), gathered until it is whole. */
export class HeldBlock {
  readonly #block: JsonObject;
  #input = '';

  constructor(block: JsonObject) {
    this.#block = { ...block };
  }

  /** `input_json_delta` is a piece of the input; any other delta names the fields it adds to (`compaction_delta`: content). */
  add(delta: JsonObject): void {
    for (const [key, value] of Object.entries(delta)) {
      if (key === 'type' || value === undefined || value === null) continue;
      const before = this.#block[key];
      if (key === 'partial_json') this.#input += String(value);
      else this.#block[key] = typeof value === 'string' && typeof before === 'string' ? before + value : value;
    }
  }

  whole(): JsonObject {
    if (this.#input === '') return this.#block;
    // Input that was cut off is kept as text: the block can then be seen, if not replayed.
    return { ...this.#block, input: parseJson(this.#input) ?? this.#input };
  }
}
