/** Puts `text` in the place of what stands from `from` up to `to`. */
export interface Splice {
  from: number;
  to: number;
  text: string;
}

/** Does all splices, which do not overlap; those at one place in the order given. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const ordered = [...splices].sort((a, b) => a.from - b.from || a.to - b.to);
  let result = '';
  let at = 0;
  for (const { from, to, text: inserted } of ordered) {
    result += text.slice(at, from) + inserted;
    at = to;
  }
  return result + text.slice(at);
}

/** Line and column, from 1, of an offset. A BOM is no column. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  const last = lines.at(-1) ?? '';
  const bom = lines.length === 1 && before.startsWith('\uFEFF') ? 1 : 0;
  return { line: lines.length, column: Math.max(1, last.length + 1 - bom) };
}

/** The line end that the text uses first; `\n` where it has none. */
export function lineEndOf(text: string): string {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

/** Where the line of `offset` begins; after a BOM. */
export function lineStart(text: string, offset: number): number {
  const at = text.lastIndexOf('\n', offset - 1) + 1;
  return at === 0 && text.startsWith('\uFEFF') ? Math.min(1, offset) : at;
}

/** Where the line of `offset` ends, before its line end. */
export function lineStop(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  if (at < 0) return text.length;
  return at > offset && text[at - 1] === '\r' ? at - 1 : at;
}

/** Where the next line begins, or the end of the text. */
export function nextLine(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

/** The white space that the line of `offset` begins with, up to `offset`. */
export function indentAt(text: string, offset: number): string {
  const line = text.slice(lineStart(text, offset), offset);
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}

/** True when nothing but white space stands before `offset` on its line. */
export function beginsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

/** Each line but the first moved in by `indent`, with this line end. */
export function indented(block: string, indent: string, lineEnd: string): string {
  return block.split('\n').join(lineEnd + indent);
}

/** Whole lines put in where a line begins, or at the end of a text whose last line may lack its end: it then lacks it still. */
export function linesAt(text: string, offset: number, lines: readonly string[], lineEnd: string): Splice {
  const block = lines.join(lineEnd);
  const isOpen = offset === text.length && offset > 0 && text[offset - 1] !== '\n' && text !== '\uFEFF';
  return { from: offset, to: offset, text: isOpen ? lineEnd + block : block + lineEnd };
}
