import type { Json } from '../../conversation/json.ts';
import type { JsonContainer, JsonEntry, JsonFlavour } from './json-tree.ts';
import { beginsLine, indentAt, indented, lineEndOf, lineStart, type Splice } from './text.ts';

/** How new text is laid out in a document. */
export interface JsonStyle {
  unit: string;
  lineEnd: string;
  flavour: JsonFlavour;
}

/** The style a text is written in: the first indentation there is, else two spaces. */
export function styleOf(text: string, flavour: JsonFlavour): JsonStyle {
  const unit = /\n([ \t]+)[^\s/*]/.exec(text)?.[1];
  return { unit: unit ?? '  ', lineEnd: lineEndOf(text), flavour };
}

/** A value over several lines that begins on a line of this indentation. */
export function rendered(value: Json, indent: string, style: JsonStyle): string {
  return indented(JSON.stringify(value, null, style.unit), indent, style.lineEnd);
}

function isSpread(text: string, container: JsonContainer): boolean {
  const first = container.entries[0];
  return first !== undefined && text.slice(container.from, first.from).includes('\n');
}

function keyText(text: string, entry: JsonEntry | undefined, key: string, flavour: JsonFlavour): string {
  const isBare = flavour === 'json5' && entry?.key !== undefined && !/["']/.test(text[entry.from] ?? '') && /^[A-Za-z_$][\w$]*$/.test(key);
  return `${isBare ? key : JSON.stringify(key)}:`;
}

/** A new entry at the end of a container; `key` of an object only. */
export function inserted(text: string, container: JsonContainer, key: string | undefined, value: Json, style: JsonStyle): Splice[] {
  if (container.entries.length === 0) return first(text, container, key, value, style);
  return isSpread(text, container) ? onOwnLine(text, container, key, value, style) : inLine(text, container, key, value, style);
}

function first(text: string, container: JsonContainer, key: string | undefined, value: Json, style: JsonStyle): Splice[] {
  const base = indentAt(text, container.from);
  const indent = base + style.unit;
  const label = key === undefined ? '' : `${JSON.stringify(key)}: `;
  const block = `${style.lineEnd}${indent}${label}${rendered(value, indent, style)}`;
  const rest = text.slice(container.filled, container.to - 1);
  if (rest.includes('\n')) return [{ from: container.filled, to: container.filled, text: block }];
  return [{ from: container.filled, to: container.to - 1, text: block + style.lineEnd + base }];
}

function onOwnLine(text: string, container: JsonContainer, key: string | undefined, value: Json, style: JsonStyle): Splice[] {
  const own = container.entries.filter((entry) => beginsLine(text, entry.from));
  const sibling = own.at(-1);
  const indent = sibling ? indentAt(text, sibling.from) : indentAt(text, container.from) + style.unit;
  const last = container.entries.at(-1);
  const label = key === undefined ? '' : `${keyText(text, last, key, style.flavour)} `;
  const block = `${style.lineEnd}${indent}${label}${rendered(value, indent, style)}`;
  if (last?.comma !== undefined) return [{ from: container.filled, to: container.filled, text: `${block},` }];
  const comma: Splice = { from: last?.to ?? container.filled, to: last?.to ?? container.filled, text: ',' };
  const isClosedHere = !text.slice(container.filled, container.to - 1).includes('\n');
  const end = isClosedHere ? style.lineEnd + indentAt(text, lineIndentEnd(text, container.from)) : '';
  return [comma, { from: container.filled, to: container.filled, text: block + end }];
}

/** An offset after the indentation of the line of `offset`. */
function lineIndentEnd(text: string, offset: number): number {
  const start = lineStart(text, offset);
  return start + (/^[ \t]*/.exec(text.slice(start, offset))?.[0].length ?? 0);
}

function inLine(text: string, container: JsonContainer, key: string | undefined, value: Json, style: JsonStyle): Splice[] {
  const last = container.entries.at(-1);
  if (!last) return [];
  const isTight = /^[^\s]/.test(text.slice(container.from + 1)) && !/[:,]\s/.test(text.slice(container.from, last.value.from));
  const space = isTight ? '' : ' ';
  const label = key === undefined ? '' : keyText(text, last, key, style.flavour) + space;
  const entry = label + JSON.stringify(value);
  if (last.comma === undefined) return [{ from: last.to, to: last.to, text: `,${space}${entry}` }];
  return [{ from: last.comma, to: last.comma, text: `${space}${entry},` }];
}

/** Takes an entry away, with its comma and, where it stands alone on them, its lines. Comments stay. */
export function removed(text: string, container: JsonContainer, entry: JsonEntry): Splice[] {
  const index = container.entries.indexOf(entry);
  const before = container.entries[index - 1];
  const isOnly = container.entries.length === 1;
  if (isOnly && /^[\s,]*$/.test(text.slice(container.from + 1, entry.from) + text.slice(entry.to, container.to - 1))) {
    return [{ from: container.from + 1, to: container.to - 1, text: '' }];
  }
  const splices = ownText(text, entry, before);
  const isLast = index === container.entries.length - 1;
  if (isLast && entry.comma === undefined && before?.comma !== undefined)
    splices.push({ from: before.comma - 1, to: before.comma, text: '' });
  return splices;
}

function ownText(text: string, entry: JsonEntry, before: JsonEntry | undefined): Splice[] {
  const end = entry.comma ?? entry.to;
  const gap = text.slice(entry.to, end);
  const apart = gap.trim() !== '' && gap.trim() !== ',';
  const splices: Splice[] = [{ from: entry.from, to: apart ? entry.to : end, text: '' }];
  if (apart) splices.push({ from: end - 1, to: end, text: '' });
  const own = splices[0];
  if (!own || apart) return splices;
  const after = /^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0;
  const isLineEnd = /^(\r?\n|$)/.test(text.slice(end + after, end + after + 2));
  if (beginsLine(text, entry.from) && isLineEnd) {
    own.from = lineBreakBefore(text, entry.from);
    own.to = end + after;
  } else if (isLineEnd || (before && /[}\]]/.test(text[end + after] ?? ''))) {
    own.from -= /[ \t]*$/.exec(text.slice(before?.comma ?? 0, entry.from))?.[0].length ?? 0;
  } else own.to = end + after;
  return splices;
}

/** Where the line before ends, so that its end goes with the line that is taken. */
function lineBreakBefore(text: string, offset: number): number {
  const start = lineStart(text, offset);
  if (start === 0 || text[start - 1] !== '\n') return start;
  return text[start - 2] === '\r' ? start - 2 : start - 1;
}
