import { isObject, type Json } from '../../conversation/json.ts';
import type { PathStep } from './edit.ts';
import { type Answer, formatOf, nameOf, type Parsed, type TextDocument } from './format.ts';
import { beginsLine, indentAt, lineEndOf, lineStart, lineStop, linesAt, nextLine, type Splice } from './text.ts';
import { parseTomlTree, type TomlEntry, type TomlPath, type TomlTable, type TomlTree } from './toml-tree.ts';
import { keyText, tomlText } from './toml-write.ts';
import { itemIndex, lookUp } from './value.ts';

/** TOML 1.0. Top-level keys go before the first table; an object becomes a table of its own unless its place is an inline table or dotted keys. */
export const toml = formatOf('', parsed);

function parsed(text: string): Parsed {
  const result = parseTomlTree(text);
  return result.ok ? { ok: true, document: new TomlDocument(text, result.tree) } : result;
}

class TomlDocument implements TextDocument {
  readonly value: Json;
  readonly #text: string;
  readonly #tree: TomlTree;
  readonly #lineEnd: string;

  constructor(text: string, tree: TomlTree) {
    this.#text = text;
    this.#tree = tree;
    this.value = tree.value;
    this.#lineEnd = lineEndOf(text);
  }

  at(path: readonly PathStep[]): number {
    for (let length = path.length; length > 0; length--) {
      const place = this.#place(path.slice(0, length));
      const found =
        this.#tree.entries.find((entry) => isSame(entry.path, place)) ?? this.#tree.tables.find((table) => isSame(table.path, place));
      if (found) return found.from;
    }
    return 0;
  }

  set(path: readonly PathStep[], to: Json): Answer {
    const place = this.#place(path);
    const entry = this.#tree.entries.find((candidate) => isSame(candidate.path, place));
    if (entry) return { splices: [this.#replaced(entry, to)] };
    const looked = lookUp(this.value, path);
    if (looked.found) return this.#obstacle(path, 'is spread over several places here; take it away first, or change it by hand.');
    const holder = this.#holder(place);
    if (holder) return this.#inHolder(holder, path, place, to);
    if (isObject(to)) return { splices: [this.#newTable(place, to)] };
    const table = this.#table(place.slice(0, -1));
    if (table) return { splices: [this.#line(table, place.slice(table.path.length), to)] };
    const dotted = this.#dotted(place);
    if (dotted) return { splices: [this.#line(dotted, place.slice(dotted.path.length), to)] };
    return { splices: [this.#newTable(place.slice(0, -1), { [String(place.at(-1))]: to })] };
  }

  remove(path: readonly PathStep[]): Answer {
    const place = this.#place(path);
    const entries = this.#tree.entries.filter((entry) => startsWith(entry.path, place) && !this.#hasParentIn(entry, place));
    const tables = this.#tree.tables.filter((table) => startsWith(table.path, place));
    const loose = entries.filter((entry) => !tables.some((table) => table.entries.includes(entry)));
    if (tables.length + loose.length === 0) return this.#obstacle(path, 'cannot be taken away here.');
    const inline = loose.filter((entry) => entry.inline);
    const lines = loose.filter((entry) => !entry.inline).map((entry) => this.#withoutLine(entry));
    return { splices: [...tables.map((table) => this.#withoutTable(table)), ...lines, ...this.#withoutInline(inline)] };
  }

  /** Numbers for the items of lists. */
  #place(path: readonly PathStep[]): TomlPath {
    return path.map((step, index) => {
      if (typeof step !== 'object') return step;
      const list = lookUp(this.value, path.slice(0, index));
      return itemIndex(list.found && Array.isArray(list.value) ? list.value : [], step);
    });
  }

  #obstacle(path: readonly PathStep[], what: string): Answer {
    return { obstacle: { message: `${nameOf(path)} ${what}`, offset: this.at(path) } };
  }

  /** The value on the way to the place that is written as one: an inline table or a list. */
  #holder(place: TomlPath): TomlEntry | undefined {
    return this.#tree.entries.filter((entry) => entry.path.length < place.length && startsWith(place, entry.path)).at(-1);
  }

  #inHolder(holder: TomlEntry, path: readonly PathStep[], place: TomlPath, to: Json): Answer {
    const { value } = holder;
    if (value.type !== 'TOMLInlineTable') return this.#obstacle(path, 'lies in a list that is written in one piece; change it by hand.');
    const pair = `${keyText(place.slice(holder.path.length))} = ${tomlText(to)}`;
    const last = value.body.at(-1);
    const shift = holder.valueFrom - value.range[0];
    const at = last ? last.range[1] + shift : value.range[0] + shift + 1;
    const end = last ? undefined : value.range[1] + shift - 1;
    return { splices: [{ from: at, to: end ?? at, text: last ? `, ${pair}` : ` ${pair} ` }] };
  }

  #replaced(entry: TomlEntry, to: Json): Splice {
    return { from: entry.valueFrom, to: entry.to, text: tomlText(to) };
  }

  #table(path: TomlPath): TomlTable | undefined {
    if (path.length === 0) return this.#tree.top;
    return this.#tree.tables.find((table) => isSame(table.path, path));
  }

  /** The table in which dotted keys already make the object that the place is in: TOML forbids a header for it. */
  #dotted(place: TomlPath): TomlTable | undefined {
    const above = place.slice(0, -1);
    return [this.#tree.top, ...this.#tree.tables].findLast(
      (table) =>
        table.path.length < above.length && table.entries.some((entry) => startsWith(entry.path, above) && startsWith(above, table.path)),
    );
  }

  /** A new line at the end of a table's own lines. */
  #line(table: TomlTable, keys: TomlPath, to: Json): Splice {
    const line = `${keyText(keys)} = ${tomlText(to)}`;
    const last = table.entries.at(-1);
    if (last) {
      const indent = beginsLine(this.#text, last.from) ? indentAt(this.#text, last.from) : '';
      return linesAt(this.#text, nextLine(this.#text, last.to), [indent + line], this.#lineEnd);
    }
    if (table !== this.#tree.top) return linesAt(this.#text, nextLine(this.#text, table.header), [line], this.#lineEnd);
    const first = this.#tree.tables[0];
    if (!first) return linesAt(this.#text, this.#text.length, [line], this.#lineEnd);
    return linesAt(this.#text, this.#withComments(first.from), [line, ''], this.#lineEnd);
  }

  /** Where the comment lines just above a table begin: they are about it. */
  #withComments(offset: number): number {
    let at = lineStart(this.#text, offset);
    for (;;) {
      const above = at > 0 ? lineStart(this.#text, at - 1) : at;
      const isComment = this.#tree.comments.some(
        ({ from }) => from < at && lineStart(this.#text, from) === above && beginsLine(this.#text, from),
      );
      if (above === at || !isComment) return at;
      at = above;
    }
  }

  #newTable(path: TomlPath, members: { [key: string]: Json | undefined }): Splice {
    const text = this.#text;
    const lines = [
      `[${keyText(path)}]`,
      ...Object.entries(members).map(([key, value]) => `${keyText([key])} = ${tomlText(value ?? null)}`),
    ];
    const isFresh = text.replace('\uFEFF', '') === '';
    const isSpaced = /(^|\n)\r?\n$/.test(text.replace('\uFEFF', ''));
    return linesAt(text, text.length, isFresh || isSpaced ? lines : ['', ...lines], this.#lineEnd);
  }

  /** True for an entry whose inline table goes as a whole. */
  #hasParentIn(entry: TomlEntry, place: TomlPath): boolean {
    return this.#tree.entries.some((other) => other.value === entry.inline && startsWith(other.path, place));
  }

  #withoutTable(table: TomlTable): Splice {
    const last = table.entries.at(-1);
    const to = nextLine(this.#text, last?.to ?? table.header);
    let from = lineStart(this.#text, table.from);
    const blank = /(?:^|\n)(\r?\n)$/.exec(this.#text.slice(0, from))?.[1];
    if (blank) from -= blank.length;
    return { from: to === this.#text.length && this.#text[to - 1] !== '\n' ? this.#lineBreakBefore(from) : from, to, text: '' };
  }

  #lineBreakBefore(offset: number): number {
    return this.#text.slice(0, offset).replace(/\r?\n$/, '').length;
  }

  #withoutLine(entry: TomlEntry): Splice {
    const comment = this.#text.slice(entry.to, lineStop(this.#text, entry.to)).trim();
    if (comment !== '') return { from: entry.from, to: entry.to, text: '' };
    const to = nextLine(this.#text, entry.to);
    const from = lineStart(this.#text, entry.from);
    return { from: to === this.#text.length && this.#text[to - 1] !== '\n' ? this.#lineBreakBefore(from) : from, to, text: '' };
  }

  /** Entries of one inline table, which stand side by side; where they do not, the check after the edit says so. */
  #withoutInline(entries: readonly TomlEntry[]): Splice[] {
    const [first, last] = [entries[0], entries.at(-1)];
    if (!first || !last) return [];
    const all = this.#tree.entries.filter((other) => other.inline === first.inline);
    const before = all[all.indexOf(first) - 1];
    const after = all[all.indexOf(last) + 1];
    if (after) return [{ from: first.from, to: after.from, text: '' }];
    return [{ from: before?.to ?? first.from, to: last.to, text: '' }];
  }
}

function isSame(a: TomlPath, b: TomlPath): boolean {
  return a.length === b.length && startsWith(a, b);
}

function startsWith(path: TomlPath, start: TomlPath): boolean {
  return start.length <= path.length && start.every((step, index) => path[index] === step);
}
