import type { Document } from 'yaml';
import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { PathStep } from './edit.ts';
import { type Answer, formatOf, nameOf, type Parsed, type TextDocument } from './format.ts';
import { nextLine } from './text.ts';
import { built, builtItem, put } from './value.ts';
import { type Collection, inserted, removed, replaced, started } from './yaml-splice.ts';
import { entryStart, isAlias, isMap, isPairLike, isScalar, isSeq, parseYaml, startOf } from './yaml-tree.ts';

/** YAML 1.2, one document, block and flow style. What hangs on an alias, or can only be changed together with something else, is not touched. */
export const yaml = formatOf('', parsed);

function parsed(text: string): Parsed {
  const result = parseYaml(text);
  return result.ok ? { ok: true, document: new YamlDocument(text, result.document) } : result;
}

interface Walked {
  node: unknown;
  rest: readonly PathStep[];
  parent: Collection | undefined;
  /** Of the node in its parent. */
  index: number;
  /** Where the last thing that was found begins. */
  offset: number;
}

class YamlDocument implements TextDocument {
  readonly value: Json;
  readonly #text: string;
  readonly #document: Document | undefined;

  constructor(text: string, document: Document | undefined) {
    this.#text = text;
    this.#document = document;
    this.value = plain(document?.toJS());
  }

  at(path: readonly PathStep[]): number {
    return this.#walk(path).offset;
  }

  set(path: readonly PathStep[], to: Json): Answer {
    const { node, rest, parent, offset } = this.#walk(path);
    if (isAlias(node)) return { obstacle: { message: `${nameOf(path)} leads over a reference (*${node.source}) here.`, offset } };
    const [step, ...after] = rest;
    if (isNothing(node) && !parent) return { splices: started(this.#text, this.#start(), built(rest, to)) };
    if (step === undefined) return { splices: replaced(this.#text, node, to, parent) };
    const isNew = isNothing(node) || ((isMap(node) || isSeq(node)) && node.items.length === 0);
    if (isNew) return { splices: replaced(this.#text, node, built(rest, to), parent) };
    if (!isMap(node) && !isSeq(node)) return { obstacle: { message: `${nameOf(path)} has no place here.`, offset } };
    if (typeof step === 'string') return { splices: inserted(this.#text, node, step, after.length > 0 ? built(after, to) : to) };
    return { splices: inserted(this.#text, node, undefined, builtItem(step, after, to)) };
  }

  remove(path: readonly PathStep[]): Answer {
    const { rest, parent, index, offset } = this.#walk(path);
    if (rest.length > 0 || !parent) return { obstacle: { message: `${nameOf(path)} comes from somewhere else here.`, offset } };
    return { splices: removed(this.#text, parent, index, parent === this.#document?.contents) };
  }

  /** Where the first content goes: after `---`, or at the end. */
  #start(): number {
    const root = this.#document?.contents;
    return root ? nextLine(this.#text, startOf(root)) : this.#text.length;
  }

  #walk(path: readonly PathStep[]): Walked {
    let at: Walked = {
      node: this.#document?.contents,
      rest: path,
      parent: undefined,
      index: -1,
      offset: startOf(this.#document?.contents),
    };
    for (const [depth, step] of path.entries()) {
      const { node } = at;
      if (!isMap(node) && !isSeq(node)) return at;
      const index = indexOf(node, step);
      const entry: unknown = node.items[index];
      if (entry === undefined) return at;
      const value = isPairLike(entry) ? entry.value : entry;
      at = { node: value, rest: path.slice(depth + 1), parent: node, index, offset: entryStart(entry) };
    }
    return at;
  }
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

function indexOf(node: Collection, step: PathStep): number {
  if (isMap(node))
    return typeof step === 'string' ? node.items.findLastIndex(({ key }) => String(isScalar(key) ? key.value : key) === step) : -1;
  if (typeof step === 'number') return step;
  if (typeof step === 'string') return -1;
  return node.items.findIndex((item) => isMap(item) && item.get(step.where) === step.is);
}

/** As JSON; what JSON does not have (dates, sets of a tag) as its text. */
function plain(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString();
  if (!isObject(value)) return value as Json;
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) put(object, key, plain(item));
  return object;
}
