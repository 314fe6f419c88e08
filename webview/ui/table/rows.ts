/** Where rows of one height stand, and which of them are in sight. Pixels and indexes; pure. */

export interface Sight {
  /** How far the first row is above the upper edge of what is in sight; negative: below it. */
  top: number;
  /** Of what is in sight. */
  height: number;
  rowHeight: number;
  count: number;
}

export interface Range {
  from: number;
  /** Exclusive. */
  to: number;
}

/** The rows of which a part is in sight. */
export function rowsInSight({ top, height, rowHeight, count }: Sight): Range {
  if (rowHeight <= 0) return { from: 0, to: 0 };
  const from = clamp(Math.floor(top / rowHeight), 0, count);
  return { from, to: clamp(Math.ceil((top + height) / rowHeight), from, count) };
}

/** Drawn in steps of this many rows, so that not every pixel of scrolling draws anew. */
const STEP = 8;

/** The rows that are drawn: those in sight and some around, on whole steps. */
export function rowsDrawn({ from, to }: Range, count: number): Range {
  if (count === 0) return { from: 0, to: 0 };
  return { from: Math.max(0, (Math.floor(from / STEP) - 1) * STEP), to: Math.min(count, (Math.ceil(to / STEP) + 1) * STEP) };
}

/** Where the active row goes by a key; `undefined`: the key is none of the table's. `page`: rows of one screen. */
export function rowAfterKey(key: string, active: number | undefined, count: number, page: number): number | undefined {
  if (count === 0) return undefined;
  const last = count - 1;
  const by = (rows: number): number => (active === undefined ? 0 : clamp(active + rows, 0, last));
  switch (key) {
    case 'ArrowDown':
      return by(1);
    case 'ArrowUp':
      return by(-1);
    case 'PageDown':
      return by(page);
    case 'PageUp':
      return by(-page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

/** By how many pixels to scroll so that a row is wholly in sight; 0: it is. `covered`: hidden by a head at the upper edge. */
export function scrollToRow(index: number, { top, height, rowHeight }: Omit<Sight, 'count'>, covered: number): number {
  const upper = index * rowHeight - top;
  if (upper < covered) return upper - covered;
  return Math.max(0, upper + rowHeight - height);
}

/** How far down a row is looked for that was pushed away by newer ones above it. */
const SEARCH = 64;

/** How many rows came in above the row `key`, which stood at `index`; 0: none, or it cannot be told. */
export function rowsAbove(key: string, index: number, count: number, keyAt: (index: number) => string | undefined): number {
  for (let at = index; at < Math.min(count, index + SEARCH); at += 1) if (keyAt(at) === key) return at - index;
  return 0;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
