import type { LogLine } from '../../../src/log/log-line.ts';

/** The lines a page has, oldest first, and what is on its way to it. Never changed: each step gives a new one. */
export interface LogBook {
  /** `undefined`: not there yet. */
  lines: readonly LogLine[] | undefined;
  /** There are older ones. */
  more: boolean;
  /** Came while the page was paused. */
  waiting: readonly LogLine[];
  paused: boolean;
}

/** Kept in the page: older ones are asked for again when they are looked at. */
export const MOST_LINES = 5000;
/** Cut with room to spare, so that not each line cuts. */
const CUT_AT = MOST_LINES * 1.2;

export const EMPTY_BOOK: LogBook = { lines: undefined, more: false, waiting: [], paused: false };

/** The end of the log came. What it joins stays; where it joins nothing, lines between would be missing, so it stands alone. */
export function withTail(book: LogBook, { entries, more }: { entries: readonly LogLine[]; more: boolean }): LogBook {
  const before = book.lines ?? [];
  const [first] = entries;
  const joint = first === undefined ? 0 : before.findIndex(({ id }) => id === first.id);
  const kept = before.slice(0, Math.max(0, joint));
  return { ...book, lines: [...kept, ...entries, ...toldSince(before, entries)], more: joint > 0 ? book.more : more };
}

/** Of the lines that are there those behind the end that came: told while it was on its way. */
function toldSince(before: readonly LogLine[], entries: readonly LogLine[]): readonly LogLine[] {
  const last = entries.at(-1);
  if (last === undefined) return before;
  const known = new Set(entries.map(({ id }) => id));
  const joint = before.findLastIndex(({ id }) => known.has(id));
  return joint >= 0 ? before.slice(joint + 1) : before.filter(({ time }) => time >= last.time);
}

/** An older page came. */
export function withOlder(book: LogBook, { entries, more }: { entries: readonly LogLine[]; more: boolean }): LogBook {
  const before = book.lines ?? [];
  const known = new Set(before.map(({ id }) => id));
  return { ...book, lines: [...entries.filter(({ id }) => !known.has(id)), ...before], more };
}

/** Lines were written. */
export function withNew(book: LogBook, lines: readonly LogLine[]): LogBook {
  if (lines.length === 0) return book;
  if (book.paused) return { ...book, waiting: cut(unlessThere(book.waiting, lines)) };
  const all = unlessThere(book.lines ?? [], lines);
  const short = cut(all);
  return { ...book, lines: short, more: book.more || short.length < all.length };
}

export function paused(book: LogBook): LogBook {
  return { ...book, paused: true };
}

/** What waited is let in. */
export function resumed(book: LogBook): LogBook {
  return withNew({ ...book, paused: false, waiting: [] }, book.waiting);
}

/** With those that are not there yet: followed anew, a log may tell the last lines once more. */
function unlessThere(before: readonly LogLine[], lines: readonly LogLine[]): readonly LogLine[] {
  const known = new Set(before.slice(-1000).map(({ id }) => id));
  const fresh = lines.filter(({ id }) => !known.has(id));
  return fresh.length === 0 ? before : [...before, ...fresh];
}

function cut(lines: readonly LogLine[]): readonly LogLine[] {
  return lines.length > CUT_AT ? lines.slice(-MOST_LINES) : lines;
}
