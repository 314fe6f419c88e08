import type { Json } from '../../conversation/json.ts';
import type { PathStep } from './edit.ts';
import { type Answer, formatOf, type Parsed, type TextDocument } from './format.ts';
import { inserted, type JsonStyle, removed, rendered, styleOf } from './json-splice.ts';
import { type JsonContainer, type JsonEntry, type JsonFlavour, type JsonNode, parseJsonTree, plainValue } from './json-tree.ts';
import { indentAt } from './text.ts';
import { built, builtItem } from './value.ts';

/** JSON, with comments and trailing commas where the file has them; a text without a value is null, and becomes what the first edit needs. */
export const json = formatOf('', (text) => parsed(text, 'jsonc'));

/** JSON5: also names without quotes, single quotes, hexadecimal numbers (https://spec.json5.org). */
export const json5 = formatOf('', (text) => parsed(text, 'json5'));

function parsed(text: string, flavour: JsonFlavour): Parsed {
  const tree = parseJsonTree(text, flavour);
  if (!tree.ok) return tree;
  return { ok: true, document: new JsonDocument(text, tree.root, tree.filled, styleOf(text, flavour)) };
}

class JsonDocument implements TextDocument {
  readonly value: Json;
  readonly #text: string;
  readonly #root: JsonNode | undefined;
  readonly #filled: number;
  readonly #style: JsonStyle;

  constructor(text: string, root: JsonNode | undefined, filled: number, style: JsonStyle) {
    this.#text = text;
    this.#root = root;
    this.#filled = filled;
    this.#style = style;
    // Null, which can become an object or a list.
    this.value = root ? plainValue(root) : null;
  }

  at(path: readonly PathStep[]): number {
    return walk(this.#root, path).node?.from ?? 0;
  }

  set(path: readonly PathStep[], to: Json): Answer {
    if (!this.#root) return { splices: [this.#document(built(path, to))] };
    const { node = this.#root, rest } = walk(this.#root, path);
    const [step, ...after] = rest;
    if (step === undefined || node.is === 'scalar') return { splices: [this.#replaced(node, rest.length > 0 ? built(rest, to) : to)] };
    const value = typeof step === 'string' ? (after.length > 0 ? built(after, to) : to) : builtItem(step, after, to);
    return { splices: inserted(this.#text, node, typeof step === 'string' ? step : undefined, value, this.#style) };
  }

  remove(path: readonly PathStep[]): Answer {
    const { parent, entry } = walk(this.#root, path);
    if (!parent || !entry) return { obstacle: { message: 'The whole document is not taken away.', offset: 0 } };
    const twins = entry.key === undefined ? [entry] : parent.entries.filter(({ key }) => key === entry.key);
    if (twins.length === 1) return { splices: removed(this.#text, parent, entry) };
    return { obstacle: { message: `“${entry.key}” stands here more than once; leave one of them.`, offset: entry.from } };
  }

  #document(value: Json): { from: number; to: number; text: string } {
    const { lineEnd } = this.#style;
    const before = this.#filled > 1 ? lineEnd : '';
    const after = this.#text.slice(this.#filled).includes('\n') ? '' : lineEnd;
    return { from: this.#filled, to: this.#filled, text: before + rendered(value, '', this.#style) + after };
  }

  #replaced(node: JsonNode, value: Json): { from: number; to: number; text: string } {
    const isInLine = node.is !== 'scalar' && node.entries.length > 0 && !this.#text.slice(node.from, node.to).includes('\n');
    const line = indentAt(this.#text, node.from);
    return { from: node.from, to: node.to, text: isInLine ? JSON.stringify(value) : rendered(value, line, this.#style) };
  }
}

interface Walked {
  node: JsonNode | undefined;
  /** The steps that lead on from `node`, which are not there. */
  rest: readonly PathStep[];
  parent?: JsonContainer;
  entry?: JsonEntry;
}

function walk(root: JsonNode | undefined, path: readonly PathStep[]): Walked {
  let walked: Walked = { node: root, rest: path };
  for (const [depth, step] of path.entries()) {
    const { node } = walked;
    if (!node || node.is === 'scalar') return walked;
    const entry = entryOf(node, step);
    if (!entry) return walked;
    walked = { node: entry.value, rest: path.slice(depth + 1), parent: node, entry };
  }
  return walked;
}

function entryOf(node: JsonContainer, step: PathStep): JsonEntry | undefined {
  if (typeof step === 'string') return node.is === 'object' ? node.entries.findLast(({ key }) => key === step) : undefined;
  if (node.is !== 'list') return undefined;
  if (typeof step === 'number') return node.entries[step];
  return node.entries.find(({ value }) => {
    const where = value.is === 'object' ? entryOf(value, step.where)?.value : undefined;
    return where?.is === 'scalar' && where.value === step.is;
  });
}
