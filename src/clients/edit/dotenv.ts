import type { Json, JsonObject } from '../../conversation/json.ts';
import type { PathStep } from './edit.ts';
import { type Answer, formatOf, type Parsed, type TextDocument } from './format.ts';
import { lineEndOf, lineStop, linesAt, nextLine } from './text.ts';
import { put } from './value.ts';

/** `KEY=value` lines as dotenv reads them: `export`, three kinds of quotes, comments; one step a path, and every value a text. */
export const dotenv = formatOf('', parsed, (value) => (typeof value === 'string' ? value : JSON.stringify(value)));

interface Entry {
  key: string;
  value: string;
  /** The line begins. */
  line: number;
  /** The value with its quotes. */
  from: number;
  to: number;
}

// A value in quotes may run over lines; one without ends at white space and a comment (dotenv's own rules).
const LINE =
  /^([ \t]*(?:export[ \t]+)?)([\w.-]+)([ \t]*=[ \t]*)('(?:\\'|[^'])*'|"(?:\\"|[^"])*"|`(?:\\`|[^`])*`|[^#\r\n]*?(?:#(?<=\S#)[^#\r\n]*?)*)(?=[ \t]*(?:#.*)?\r?$)/gmu;

function parsed(text: string): Parsed {
  return { ok: true, document: new EnvDocument(text) };
}

function entriesOf(text: string): Entry[] {
  const bom = text.startsWith('\uFEFF') ? 1 : 0;
  return [...text.slice(bom).matchAll(LINE)].map((match) => {
    const [, lead = '', key = '', equals = '', raw = ''] = match;
    const line = bom + match.index;
    const from = line + lead.length + key.length + equals.length;
    return { key, value: unquoted(raw), line, from, to: from + raw.length };
  });
}

function unquoted(raw: string): string {
  const quote = raw[0];
  if (raw.length < 2 || raw.at(-1) !== quote || !quote || !/["'`]/.test(quote)) return raw;
  const inner = raw.slice(1, -1);
  return quote === '"' ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r') : inner;
}

/** As it has to be written to be read back; `undefined` where no kind of quotes can hold it. */
function quoted(value: string): string | undefined {
  if (/^[\w./:@+,%?&=-]*$/.test(value)) return value;
  const isOneLine = !/[\r\n]/.test(value);
  if (isOneLine && !value.includes("'") && !value.endsWith('\\')) return `'${value}'`;
  if (!/["\\]/.test(value)) return `"${value.replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
  return isOneLine && !value.includes('`') && !value.endsWith('\\') ? `\`${value}\`` : undefined;
}

class EnvDocument implements TextDocument {
  readonly value: Json;
  readonly #text: string;
  readonly #entries: Entry[];

  constructor(text: string) {
    this.#text = text;
    this.#entries = entriesOf(text);
    const value: JsonObject = {};
    for (const entry of this.#entries) put(value, entry.key, entry.value);
    this.value = value;
  }

  at(path: readonly PathStep[]): number {
    return this.#last(path)?.line ?? 0;
  }

  set(path: readonly PathStep[], to: Json): Answer {
    const [key] = path;
    if (path.length !== 1 || typeof key !== 'string' || !/^[\w.-]+$/.test(key))
      return this.#obstacle('This file holds names and values only.');
    const raw = quoted(String(to));
    if (raw === undefined) return this.#obstacle(`The value of ${key} cannot be written in this file.`);
    const entry = this.#last(path);
    if (entry) return { splices: [{ from: entry.from, to: entry.to, text: raw }] };
    return { splices: [linesAt(this.#text, this.#text.length, [`${key}=${raw}`], lineEndOf(this.#text))] };
  }

  remove(path: readonly PathStep[]): Answer {
    const twins = this.#entries.filter(({ key }) => key === path[0]);
    const last = twins.at(-1);
    if (twins.length !== 1 || !last)
      return this.#obstacle(`“${String(path[0])}” stands here more than once; leave one of them.`, last?.line);
    const comment = this.#text.slice(last.to, lineStop(this.#text, last.to)).trim();
    if (comment !== '') return { splices: [{ from: last.line, to: last.to, text: '' }] };
    const to = nextLine(this.#text, last.to);
    const isOpen = this.#text[to - 1] !== '\n';
    const from = isOpen ? this.#text.slice(0, last.line).replace(/\r?\n$/, '').length : last.line;
    return { splices: [{ from, to, text: '' }] };
  }

  #last(path: readonly PathStep[]): Entry | undefined {
    return this.#entries.findLast(({ key }) => key === path[0]);
  }

  #obstacle(message: string, offset = 0): Answer {
    return { obstacle: { message, offset } };
  }
}
