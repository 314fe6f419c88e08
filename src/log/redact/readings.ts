import type { Span } from './secret-index.ts';

/** A text as it reads once its escapes are taken off, and where each of its characters stands in the text as it was. */
export interface Reading {
  text: string;
  /** The place in the original of a place in `text`; up to and including its end. */
  origin(at: number): number;
}

/** `%2F`, of ASCII. */
const PERCENT = /%[0-7][0-9A-Fa-f]/g;
/** RFC 8259, section 7. */
const JSON_ESCAPE = /\\(?:u[0-9A-Fa-f]{4}|["\\/bfnrt])/g;
const CONTROLS: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
/** A body quoted in an error quoted in a log line is escaped twice. */
const DEPTH = 2;

/** The text itself, and what it reads as with percent and JSON escapes taken off, in any order, up to two layers. */
export function readingsOf(text: string): Reading[] {
  let layer: Reading[] = [{ text, origin: (at) => at }];
  const readings = [...layer];
  for (let depth = 0; depth < DEPTH; depth += 1) {
    layer = layer.flatMap((reading) => [unescaped(reading, '%', PERCENT, ofPercent), unescaped(reading, '\\', JSON_ESCAPE, ofJson)].flat());
    readings.push(...layer);
  }
  return readings;
}

/** A span of a reading as it stands in the original. */
export function originOf(reading: Reading, { start, end }: Span): Span {
  return { start: reading.origin(start), end: reading.origin(end) };
}

const ofPercent = (code: string): string => String.fromCharCode(Number.parseInt(code.slice(1), 16));

function ofJson(code: string): string {
  const kind = code.charAt(1);
  return kind === 'u' ? String.fromCharCode(Number.parseInt(code.slice(2), 16)) : (CONTROLS[kind] ?? kind);
}

/** Nothing when there is no escape. */
function unescaped(from: Reading, mark: string, escapes: RegExp, decode: (code: string) => string): Reading[] {
  if (!from.text.includes(mark)) return [];
  let text = '';
  let copied = 0;
  /** For each escape: where its character stands in `text`, and how much longer the original is up to there and behind it. */
  const places: number[] = [];
  const gaps: number[] = [];
  for (const { 0: code, index } of from.text.matchAll(escapes)) {
    text += from.text.slice(copied, index) + decode(code);
    copied = index + code.length;
    places.push(text.length);
    gaps.push(copied - text.length);
  }
  if (copied === 0) return [];
  text += from.text.slice(copied);
  return [{ text, origin: (at) => from.origin(at + gapAt(at, places, gaps)) }];
}

/** The gap of the last escape that ends at or before `at`. */
function gapAt(at: number, places: readonly number[], gaps: readonly number[]): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return gaps[low - 1] ?? 0;
}
