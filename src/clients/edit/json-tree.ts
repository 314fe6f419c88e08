import type { Json, JsonObject } from '../../conversation/json.ts';
import type { Obstacle } from './format.ts';
import { readEscape, scanNumber } from './json-scalars.ts';
import { put } from './value.ts';

interface Range {
  from: number;
  to: number;
}
/** A member of an object, or an item of a list (without a key): from its key or value to the end of its value. */
export interface JsonEntry extends Range {
  key: string | undefined;
  value: JsonNode;
  /** The end of the comma after it, when there is one. */
  comma: number | undefined;
}
export type JsonNode =
  | (Range & { is: 'scalar'; value: Json })
  | (Range & {
      is: 'object' | 'list';
      entries: JsonEntry[];
      /** The end of the last thing inside that is not white space: an entry, its comma, a comment; just after the bracket when empty. */
      filled: number;
    });
export type JsonContainer = Extract<JsonNode, { entries: JsonEntry[] }>;

/** JSON with comments and trailing commas, or all of JSON5. */
export type JsonFlavour = 'jsonc' | 'json5';

const DEEPEST = 200;
const NAME = /[\p{L}\p{Nl}$_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}$_\u200c\u200d]*/uy;
const SPACE = { jsonc: /[ \t\r\n]*/y, json5: /[\s\uFEFF]*/y };

class Broken extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** The tree of a text with the place of everything; no root when there is nothing but space and comments (json5.org, JSONC as VS Code reads it). */
export function parseJsonTree(
  text: string,
  flavour: JsonFlavour,
): { ok: true; root: JsonNode | undefined; filled: number } | { ok: false; obstacle: Obstacle } {
  try {
    return { ok: true, ...new Parser(text, flavour).document() };
  } catch (error) {
    if (error instanceof Broken) return { ok: false, obstacle: { message: error.message, offset: error.offset } };
    throw error;
  }
}

/** The plain value; of members with one name the last counts. */
export function plainValue(node: JsonNode): Json {
  if (node.is === 'scalar') return node.value;
  if (node.is === 'list') return node.entries.map((entry) => plainValue(entry.value));
  const object: JsonObject = {};
  for (const { key, value } of node.entries) put(object, key ?? '', plainValue(value));
  return object;
}

class Parser {
  readonly #text: string;
  readonly #flavour: JsonFlavour;
  #at: number;
  /** The end of the last token or comment. */
  #filled: number;

  constructor(text: string, flavour: JsonFlavour) {
    this.#text = text;
    this.#flavour = flavour;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
    this.#filled = this.#at;
  }

  document(): { root: JsonNode | undefined; filled: number } {
    this.#skip();
    if (this.#at === this.#text.length) return { root: undefined, filled: this.#filled };
    const root = this.#value(0);
    this.#skip();
    if (this.#at < this.#text.length) throw new Broken('Something stands after the end of the document.', this.#at);
    return { root, filled: this.#filled };
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? '';
  }

  #skip(): void {
    for (;;) {
      this.#at += this.#match(SPACE[this.#flavour]).length;
      if (this.#text.startsWith('//', this.#at)) this.#at += this.#match(/[^\r\n\u2028\u2029]*/y).length;
      else if (this.#text.startsWith('/*', this.#at)) this.#block();
      else return;
      this.#filled = this.#at;
    }
  }

  #block(): void {
    const end = this.#text.indexOf('*/', this.#at + 2);
    if (end < 0) throw new Broken('A comment that begins here has no end.', this.#at);
    this.#at = end + 2;
  }

  #value(depth: number): JsonNode {
    if (depth > DEEPEST) throw new Broken('The document is nested too deeply.', this.#at);
    const from = this.#at;
    const first = this.#text[from];
    if (first === '{') return this.#container('object', '}', depth);
    if (first === '[') return this.#container('list', ']', depth);
    const value = this.#isQuote(first) ? this.#string() : this.#bare();
    this.#filled = this.#at;
    return { is: 'scalar', from, to: this.#at, value };
  }

  #isQuote(char: string | undefined): boolean {
    return char === '"' || (char === "'" && this.#flavour === 'json5');
  }

  #container(is: 'object' | 'list', close: string, depth: number): JsonNode {
    const from = this.#at++;
    this.#filled = this.#at;
    const entries: JsonEntry[] = [];
    for (;;) {
      this.#skip();
      if (this.#at === this.#text.length) throw new Broken(`A “${close}” is missing for what begins here.`, from);
      if (this.#text[this.#at] === close) break;
      const before = entries.at(-1);
      if (before && before.comma === undefined) throw new Broken(`A comma or “${close}” is missing here.`, this.#at);
      entries.push(this.#entry(is, depth));
    }
    const filled = this.#filled;
    this.#filled = ++this.#at;
    return { is, from, to: this.#at, entries, filled };
  }

  #entry(is: 'object' | 'list', depth: number): JsonEntry {
    const from = this.#at;
    const key = is === 'object' ? this.#key() : undefined;
    const value = this.#value(depth + 1);
    this.#skip();
    if (this.#text[this.#at] !== ',') return { key, from, to: value.to, value, comma: undefined };
    this.#filled = ++this.#at;
    return { key, from, to: value.to, value, comma: this.#at };
  }

  #key(): string {
    const key = this.#isQuote(this.#text[this.#at]) ? this.#string() : this.#name();
    this.#skip();
    if (this.#text[this.#at] !== ':') throw new Broken('A colon is missing here.', this.#at);
    this.#at++;
    this.#skip();
    return key;
  }

  #name(): string {
    const name = this.#flavour === 'json5' ? this.#match(NAME) : '';
    if (name === '') throw new Broken('The name of a member is missing here, in double quotes.', this.#at);
    this.#at += name.length;
    return name;
  }

  #string(): string {
    const from = this.#at;
    const quote = this.#text[this.#at++];
    let value = '';
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined || char === '\n' || char === '\r') throw new Broken('A text that begins here has no closing quote.', from);
      if (char === quote) break;
      if (char === '\\') value += this.#escape();
      else if (this.#flavour === 'jsonc' && char < ' ') throw new Broken('A text must not hold a control character.', this.#at);
      else value += this.#text[this.#at++];
    }
    this.#at++;
    return value;
  }

  #escape(): string {
    const meant = readEscape(this.#text, this.#at, this.#flavour === 'json5');
    if (!meant) throw new Broken('This escape is not one that the format has.', this.#at);
    this.#at = meant.end;
    return meant.value;
  }

  #bare(): Json {
    const word = this.#match(/[\w$]+/y);
    const constant = ({ true: true, false: false, null: null } as Record<string, Json>)[word];
    if (constant !== undefined) {
      this.#at += word.length;
      return constant;
    }
    const number = scanNumber(this.#text, this.#at, this.#flavour === 'json5');
    if (!number) throw new Broken('A value is missing here.', this.#at);
    this.#at = number.end;
    return number.value;
  }
}
