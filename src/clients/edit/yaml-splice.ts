import { stringify } from 'yaml';
import type { Json } from '../../conversation/json.ts';
import { beginsLine, lineEndOf, lineStart, lineStop, linesAt, nextLine, type Splice } from './text.ts';
import { dashOf, endOf, entryStart, isBlock, isMap, isScalar, isSeq, startOf, type YAMLMap, type YAMLSeq } from './yaml-tree.ts';

export type Collection = YAMLMap | YAMLSeq;

/** A value as lines of block style, without its indentation. */
function blockLines(value: Json, unit: number): string[] {
  // Tools in Python read YAML 1.1, in which a bare `yes` is no text.
  const layout = { lineWidth: 0, blockQuote: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER, indent: unit } as const;
  return stringify(value, { ...layout, compat: 'yaml-1.1' })
    .trimEnd()
    .split('\n');
}

function isCollection(value: Json): value is Json & object {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** How far nested blocks are moved in. */
export function unitOf(text: string): number {
  const found = /\n( +)[^\s#]/.exec(text)?.[1]?.length;
  return found !== undefined && found <= 8 ? found : 2;
}

function column(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** A member or an item at the end of a collection. */
export function inserted(text: string, into: Collection, key: string | undefined, value: Json): Splice[] {
  const last: unknown = into.items.at(-1);
  if (!isBlock(into)) {
    const entry = key === undefined ? JSON.stringify(value) : `${JSON.stringify(key)}: ${JSON.stringify(value)}`;
    const at = last ? endOf(text, last) : startOf(into) + 1;
    return [{ from: at, to: at, text: last ? `, ${entry}` : entry }];
  }
  const indent = ' '.repeat(column(text, startOf(into)));
  const lines = blockLines(key === undefined ? [value] : { [key]: value }, unitOf(text));
  const at = nextLine(text, endOf(text, last));
  return [
    linesAt(
      text,
      at,
      lines.map((line) => indent + line),
      lineEndOf(text),
    ),
  ];
}

/** The first content of a document that has none. */
export function started(text: string, at: number, value: Json): Splice[] {
  return [linesAt(text, at, blockLines(value, unitOf(text)), lineEndOf(text))];
}

/** Another value in the place of a node. `parent` is what the node is a member or an item of. */
export function replaced(text: string, node: unknown, value: Json, parent: Collection | undefined): Splice[] {
  const from = startOf(node);
  const to = endOf(text, node);
  const isEmptyScalar = isScalar(node) && from === to;
  if (parent && !isBlock(parent)) return [{ from, to, text: (isEmptyScalar ? ' ' : '') + JSON.stringify(value) }];
  const lines = blockLines(value, unitOf(text));
  if (!isCollection(value)) return [{ from, to, text: (isEmptyScalar ? ' ' : '') + lines.join('') }];
  if (isBlock(node) || !parent || isSeq(parent)) return [inPlace(text, from, to, lines, isEmptyScalar)];
  return [below(text, from, to, lines, parent, isEmptyScalar)];
}

function inPlace(text: string, from: number, to: number, lines: string[], isEmptyScalar: boolean): Splice {
  const space = isEmptyScalar ? 1 : 0;
  const indent = ' '.repeat(column(text, from) + space);
  return { from, to, text: ' '.repeat(space) + lines.join(lineEndOf(text) + indent) };
}

/** A collection under its key, in the place of a value on the key's line. */
function below(text: string, from: number, to: number, lines: string[], parent: Collection, isEmptyScalar: boolean): Splice {
  const lineEnd = lineEndOf(text);
  const indent = ' '.repeat(column(text, startOf(parent)) + unitOf(text));
  const block = lines.map((line) => lineEnd + indent + line).join('');
  if (isEmptyScalar) {
    const stop = lineStop(text, to);
    return { from: stop, to: stop, text: block };
  }
  const spaces = /[ \t]*$/.exec(text.slice(lineStart(text, from), from))?.[0].length ?? 0;
  return { from: from - spaces, to, text: block };
}

/** Takes a member or an item away; a collection that would be empty becomes `{}` or `[]`. */
export function removed(text: string, from: Collection, index: number, isRoot: boolean): Splice[] {
  const entry: unknown = from.items[index];
  if (from.items.length === 1) return isRoot && isBlock(from) ? [ownLines(text, from, index)] : [emptied(text, from)];
  if (isBlock(from)) return [ownLines(text, from, index)];
  const next: unknown = from.items[index + 1];
  if (next) return [{ from: entryStart(entry), to: entryStart(next), text: '' }];
  return [{ from: endOf(text, from.items[index - 1]), to: endOf(text, entry), text: '' }];
}

function emptied(text: string, collection: Collection): Splice {
  const brackets = isMap(collection) ? '{}' : '[]';
  const [from, to] = [startOf(collection), endOf(text, collection)];
  if (!isBlock(collection)) return { from, to, text: brackets };
  const space = /[:-]([ \t]*\r?\n[ \t]*)$/.exec(text.slice(0, from))?.[1]?.length ?? 0;
  return { from: from - space, to, text: (space > 0 ? ' ' : '') + brackets };
}

function ownLines(text: string, collection: Collection, index: number): Splice {
  const entry: unknown = collection.items[index];
  const from = isSeq(collection) ? (dashOf(collection, index) ?? entryStart(entry)) : entryStart(entry);
  const end = endOf(text, entry);
  const next: unknown = collection.items[index + 1];
  if (!beginsLine(text, from)) return { from, to: next ? entryStart(next) : end, text: '' };
  const comment = text.slice(end, lineStop(text, end)).trim();
  if (comment !== '') return { from, to: end, text: '' };
  const to = nextLine(text, end);
  if (text[to - 1] === '\n') return { from: lineStart(text, from), to, text: '' };
  return { from: text.slice(0, lineStart(text, from)).replace(/\r?\n$/, '').length, to, text: '' };
}
