import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Obstacle } from './format.ts';

export type { Node, Pair, YAMLMap, YAMLSeq };
export { isAlias, isMap, isScalar, isSeq };

/** The document of a text, or why it cannot be worked on. `undefined`: nothing but comments. */
export function parseYaml(text: string): { ok: true; document: Document | undefined } | { ok: false; obstacle: Obstacle } {
  const parsed = parseAllDocuments(text, { keepSourceTokens: true, uniqueKeys: false, prettyErrors: false, logLevel: 'silent' });
  if ('empty' in parsed) return { ok: true, document: undefined };
  const [first, second] = parsed;
  for (const document of parsed) {
    const [error] = document.errors;
    if (error)
      return { ok: false, obstacle: { message: `This is not valid YAML: ${error.message}.`.replace('..', '.'), offset: error.pos[0] } };
  }
  if (second) {
    const message = 'A second document begins here, and it is not clear which of them counts.';
    return { ok: false, obstacle: { message, offset: second.range?.[0] ?? 0 } };
  }
  const unknown = first && undefinedAlias(first as Document);
  return unknown ? { ok: false, obstacle: unknown } : { ok: true, document: first as Document | undefined };
}

/** An alias without its anchor shows only when the document is read as a value. */
function undefinedAlias(document: Document): Obstacle | undefined {
  try {
    document.toJS();
    return undefined;
  } catch (error) {
    const at = [...aliases(document.contents)].find((alias) => !alias.resolve(document));
    return { message: error instanceof Error ? error.message : String(error), offset: at?.range?.[0] ?? 0 };
  }
}

function* aliases(node: unknown): Generator<Alias> {
  if (isAlias(node)) yield node;
  else if (isSeq(node)) for (const item of node.items) yield* aliases(item);
  else if (isMap(node)) for (const pair of node.items) yield* aliases(pair.value);
}

export function isBlock(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow !== true;
}

/** Where a node begins, without its anchor and tag. */
export function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

/** Where the key of a pair, or an item, begins. */
export function entryStart(entry: unknown): number {
  return startOf(isPairLike(entry) ? entry.key : entry);
}

/** Where what a node or pair says ends: no comment, no blank line, no line end after it. */
export function endOf(text: string, node: unknown): number {
  if (isPairLike(node)) return node.value ? endOf(text, node.value) : endOf(text, node.key);
  if ((isMap(node) || isSeq(node)) && isBlock(node)) {
    const last: unknown = node.items.at(-1);
    if (last) return endOf(text, last);
  }
  const [from, to] = (node as Node | null)?.range ?? [0, 0];
  if (!isScalar(node) || !/^[|>]/.test(text.slice(from, from + 1))) return to;
  return text[to - 1] === '\n' ? (text[to - 2] === '\r' ? to - 2 : to - 1) : to;
}

export function isPairLike(node: unknown): node is Pair<unknown, unknown> {
  return typeof node === 'object' && node !== null && 'key' in node && 'value' in node;
}

/** The offset of the dash of an item in a block list. */
export function dashOf(list: YAMLSeq, index: number): number | undefined {
  const token = list.srcToken;
  if (token?.type !== 'block-seq') return undefined;
  const marked = token.items.filter(({ start }) => start.some(({ type }) => type === 'seq-item-ind'));
  return marked[index]?.start.find(({ type }) => type === 'seq-item-ind')?.offset;
}
