/**
 * Edits one field at the top level of a JSON object's text and leaves every other byte as it was: numbers keep their spelling,
 * strings their escapes, whitespace its place. `undefined` when the text is not an object.
 */
export function setTopLevel(text: string, key: string, value: string): string | undefined {
  const open = skipSpace(text, text.charCodeAt(0) === 0xfeff ? 1 : 0);
  if (text[open] !== '{') return undefined;
  const range = topLevelValue(text, open, key);
  if (range) return text.slice(0, range.start) + value + text.slice(range.end);
  const first = skipSpace(text, open + 1);
  const comma = text[first] === '}' ? '' : ',';
  return `${text.slice(0, open + 1)}${JSON.stringify(key)}:${value}${comma}${text.slice(open + 1)}`;
}

/** Where the value of a top-level key stands; the last one counts where a key is repeated, as `JSON.parse` has it. */
function topLevelValue(text: string, open: number, key: string): { start: number; end: number } | undefined {
  let found: { start: number; end: number } | undefined;
  let at = skipSpace(text, open + 1);
  while (text[at] === '"') {
    const keyEnd = skipString(text, at);
    const name = text.slice(at, keyEnd);
    const start = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const end = skipValue(text, start);
    if (name === `"${key}"` || (name.includes('\\') && JSON.parse(name) === key)) found = { start, end };
    at = skipSpace(text, end);
    if (text[at] !== ',') break;
    at = skipSpace(text, at + 1);
  }
  return found;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && text.charCodeAt(next) <= 32) next += 1;
  return next;
}

/** The index after the string that begins at `at`. Jumps from quote to quote: bodies hold megabytes of base64. */
function skipString(text: string, at: number): number {
  let quote = text.indexOf('"', at + 1);
  while (quote >= 0 && escaped(text, quote)) quote = text.indexOf('"', quote + 1);
  return quote < 0 ? text.length : quote + 1;
}

function escaped(text: string, quote: number): boolean {
  let slashes = 0;
  while (text[quote - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

function skipValue(text: string, at: number): number {
  if (text[at] === '"') return skipString(text, at);
  let depth = 0;
  let next = at;
  while (next < text.length) {
    const character = text[next];
    if (character === '"') {
      next = skipString(text, next);
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      if (depth === 0) return next;
      depth -= 1;
      if (depth === 0) return next + 1;
    } else if (depth === 0 && (character === ',' || text.charCodeAt(next) <= 32)) return next;
    next += 1;
  }
  return next;
}
