/** Where what is dragged would fall, and where it stands then. Pure. */

export interface Box {
  top: number;
  height: number;
}

/** The gap a pointer is nearest to: 0 is before the first item, `boxes.length` behind the last. */
export function gapAt(y: number, boxes: readonly Box[]): number {
  const below = boxes.findIndex(({ top, height }) => y < top + height / 2);
  return below === -1 ? boxes.length : below;
}

/** The index an item has after it was dropped into a gap; `undefined`: it stays where it is. */
export function movedTo(from: number, gap: number): number | undefined {
  if (gap === from || gap === from + 1) return undefined;
  return gap > from ? gap - 1 : gap;
}

/** The list with the item at `from` standing at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, ...list.slice(from, from + 1));
}
