import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useApp } from '../../app.ts';
import { rowsAbove } from './rows.ts';
import type { Sighted } from './use-sight.ts';

interface Keys {
  count: number;
  keyAt(index: number): string | undefined;
}

/** How it was when it was looked at last. */
interface Before {
  count: number;
  atEnd: boolean;
  /** The first row in sight, and its key where the table is not at its begin. */
  first: number;
  key: string | undefined;
}

/** Keeps what the user looks at in sight while rows come in above or below it. */
export function useSteadiness(root: RefObject<HTMLElement | null>, { count, keyAt }: Keys, sighted: Sighted, follow: boolean): void {
  const { sight, scrollBy, rowHeight } = sighted;
  const before = useRef<Before>({ count: 0, atEnd: true, first: 0, key: undefined });
  useLayoutEffect(() => {
    const { atEnd, first, key } = before.current;
    // Drawn anew by scrolling alone it is left where the user scrolled it to.
    const grown = count !== before.current.count;
    const table = root.current;
    if (!table || rowHeight === 0) return;
    if (follow && atEnd && grown) table.scrollTop = table.scrollHeight;
    else if (!follow && first > 0 && key !== undefined) scrollBy(rowsAbove(key, first, count, keyAt) * rowHeight);
    note();
  });
  const note = (): void => {
    const { top, height, count: rows } = sight();
    const first = Math.max(0, Math.floor(top / rowHeight));
    before.current = { count: rows, atEnd: top + height >= (rows - 1) * rowHeight, first, key: top > 0 ? keyAt(first) : undefined };
  };
  const noting = useRef(note);
  noting.current = note;
  useEffect(() => {
    const end = new AbortController();
    document.addEventListener('scroll', () => noting.current(), { capture: true, passive: true, signal: end.signal });
    return () => end.abort();
  }, []);
}

/** The first row in sight is kept under `key`, and is there again when the table comes back. */
export function useKeptPlace(key: string | undefined, { sight, scrollBy, rowHeight, drawn }: Sighted, count: number): void {
  const { keep, kept } = useApp();
  const restored = useRef(key === undefined);
  useLayoutEffect(() => {
    if (restored.current || key === undefined || rowHeight === 0 || count === 0) return;
    restored.current = true;
    const before = kept(`${key}.row`);
    if (typeof before === 'number' && before > 0) scrollBy(Math.min(before, count) * rowHeight - sight().top);
  }, [key, kept, rowHeight, count, scrollBy, sight]);
  useEffect(() => {
    if (key === undefined || !restored.current || rowHeight === 0) return;
    keep(`${key}.row`, Math.max(0, Math.floor(sight().top / rowHeight)));
  }, [key, keep, drawn, rowHeight, sight]);
}
