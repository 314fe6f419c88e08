import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { type Range, rowsDrawn, rowsInSight, type Sight } from './rows.ts';

interface Measures {
  rowHeight: number;
  /** Of the table. */
  width: number | undefined;
}

export interface Sighted extends Measures {
  drawn: Range;
  /** What is in sight at this moment, read from the page. */
  sight(): Sight;
  scrollBy(pixels: number): void;
  /** Looks again what is in sight. */
  look(): void;
}

/** Which rows are to be drawn, kept right while the user scrolls and things change their sizes. */
export function useSight(root: RefObject<HTMLElement | null>, count: number, own: boolean): Sighted {
  const [measures, setMeasures] = useState<Measures>({ rowHeight: 0, width: undefined });
  const [drawn, setDrawn] = useState<Range>({ from: 0, to: 0 });
  const current = useRef({ count, rowHeight: 0 });
  current.current.count = count;

  const sight = useCallback((): Sight => {
    const { rowHeight, count: rows } = current.current;
    return root.current ? { ...sightOf(root.current, own), rowHeight, count: rows } : { top: 0, height: 0, rowHeight, count: rows };
  }, [root, own]);
  const look = useCallback(() => {
    const next = rowsDrawn(rowsInSight(sight()), current.current.count);
    setDrawn((before) => (before.from === next.from && before.to === next.to ? before : next));
  }, [sight]);
  const measure = useCallback(() => {
    const table = root.current;
    if (!table) return;
    const rowHeight = table.querySelector('.table-probe')?.getBoundingClientRect().height ?? 0;
    const width = table.clientWidth;
    current.current.rowHeight = rowHeight;
    setMeasures((before) => (before.rowHeight === rowHeight && before.width === width ? before : { rowHeight, width }));
    look();
  }, [root, look]);

  useLayoutEffect(measure, [measure, count]);
  useWatching(root, look, measure);
  const scrollBy = useCallback(
    (pixels: number) => {
      if (pixels === 0 || !root.current) return;
      scrollerOf(root.current, own).scrollTop += pixels;
      look();
    },
    [root, own, look],
  );
  return { ...measures, drawn, sight, scrollBy, look };
}

function useWatching(root: RefObject<HTMLElement | null>, look: () => void, measure: () => void): void {
  useLayoutEffect(() => {
    const { current: table } = root;
    if (!table) return;
    const observer = new ResizeObserver(measure);
    observer.observe(table);
    // What stands above the table may grow.
    observer.observe(document.body);
    const end = new AbortController();
    document.addEventListener('scroll', look, { capture: true, passive: true, signal: end.signal });
    window.addEventListener('resize', look, { signal: end.signal });
    return () => {
      observer.disconnect();
      end.abort();
    };
  }, [root, look, measure]);
}

/** What is in sight of the rows: below the table's head, within its own window or the one it is in. */
function sightOf(table: HTMLElement, own: boolean): Pick<Sight, 'top' | 'height'> {
  const body = table.querySelector('.table-body');
  const head = table.querySelector<HTMLElement>('.table-head');
  if (!body || !head) return { top: 0, height: 0 };
  const { top: first } = body.getBoundingClientRect();
  const window = windowOf(table, own);
  // Where the head stays while rows go under it, or where it stands before that.
  const upper = own ? window.top + head.offsetHeight : Math.max(window.top + stuckAt(head), Math.min(first, window.bottom));
  return { top: upper - first, height: Math.max(0, window.bottom - upper) };
}

function stuckAt(head: HTMLElement): number {
  return (Number.parseFloat(getComputedStyle(head).top) || 0) + head.offsetHeight;
}

function windowOf(table: HTMLElement, own: boolean): { top: number; bottom: number } {
  const scroller = scrollerOf(table, own);
  if (scroller === document.scrollingElement) return { top: 0, bottom: window.innerHeight };
  const { top, bottom } = scroller.getBoundingClientRect();
  return own ? { top, bottom } : { top: Math.max(0, top), bottom: Math.min(window.innerHeight, bottom) };
}

function scrollerOf(table: HTMLElement, own: boolean): Element {
  if (own) return table;
  for (let at = table.parentElement; at && at !== document.body; at = at.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}
