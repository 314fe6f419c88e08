import type { RefObject, VNode } from 'preact';
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { type Column, columnsFor, type Sorted } from './table/columns.ts';
import { Head } from './table/head.tsx';
import { placeOf, Row } from './table/row.tsx';
import { rowAfterKey, scrollToRow } from './table/rows.ts';
import { useKeptPlace, useSteadiness } from './table/use-place.ts';
import { type Sighted, useSight } from './table/use-sight.ts';

export type { Column, Sorted } from './table/columns.ts';

export interface TableProps<T> {
  /** What it lists, for those who do not see it. */
  label: string;
  /** Made once (useMemo): rows are drawn anew when it is another one. */
  columns: readonly Column<T>[];
  count: number;
  /** `undefined`: not there yet; a line is kept free, and `onRange` has asked for it. The same object as long as nothing of it changed. */
  rowAt(index: number): T | undefined;
  keyOf(row: T): string;
  sorted?: Sorted | undefined;
  onSort?(sorted: Sorted): void;
  /** The key of the row that is open. */
  selected?: string | undefined;
  /** A click or Enter on a row. */
  onOpen?(row: T): void;
  /** Of a table some of whose rows are not opened: whether this one is. */
  opens?(row: T): boolean;
  /** Which rows are drawn, from … to (exclusive): those in sight and some around. Told once scrolling pauses. */
  onRange?(from: number, to: number): void;
  /** Height of its window in CSS; without it, it is as high as its rows, which are still drawn only where they are in sight. */
  height?: string;
  /** Keeps to the end while it is scrolled to the end. Of a table with a height. */
  follow?: boolean;
  /** The place it is scrolled to is kept under this key, the page's own: `requests.list`. */
  keepKey?: string;
  /** This row is brought into sight and made the active one when the number changes. */
  reveal?: number | undefined;
  /** Room for so many lines in each row. */
  lines?: 1 | 2;
}

/** Rows of one height, drawn only where they are in sight: 100,000 are as quick as ten. Arrows, Page Up and Down, Home, End and Enter work. */
export function Table<T>(props: TableProps<T>): VNode {
  const { label, columns, count, rowAt, keyOf, sorted, onSort, selected, onOpen, opens, height, lines = 1 } = props;
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const sighted = useSight(root, count, height !== undefined);
  const { drawn, rowHeight, width } = sighted;
  const shown = useMemo(() => columnsFor(columns, width), [columns, width]);
  const tracks = shown.map((column) => column.width).join(' ');
  const keyAt = (index: number): string | undefined => keyMaybe(rowAt(index), keyOf);
  useSteadiness(root, { count, keyAt }, sighted, props.follow === true);
  useKeptPlace(props.keepKey, sighted, count);
  useRange(props.onRange, drawn);
  const [active, move] = useActive(sighted, count, props.reveal);
  const handlers = useHandlers(root, props, sighted, active, move);
  const rows = drawnRows(drawn, count);
  return (
    <div
      ref={root}
      class={`table lines-${lines}${height === undefined ? '' : ' own'}${onOpen ? ' opens' : ''}`}
      style={height === undefined ? {} : { height }}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={shown.length}
      aria-activedescendant={active !== undefined && rows.includes(active) ? `${id}-${active}` : undefined}
      tabIndex={0}
      {...handlers}
    >
      <Head columns={shown} tracks={tracks} sorted={sorted} onSort={onSort} />
      <div role="rowgroup" class="table-body" style={{ height: `${count * rowHeight}px` }}>
        <div role="presentation" class="table-drawn" style={{ transform: `translateY(${(rows[0] ?? 0) * rowHeight}px)` }}>
          {rows.map((at) => {
            const row = rowAt(at);
            const key = keyMaybe(row, keyOf);
            return (
              <Row
                key={key ?? `waiting ${at}`}
                id={at === active ? `${id}-${at}` : undefined}
                row={row}
                at={at}
                columns={shown}
                tracks={tracks}
                still={row !== undefined && opens?.(row) === false}
                selected={onOpen ? key !== undefined && key === selected : undefined}
                active={at === active}
              />
            );
          })}
        </div>
      </div>
      <div class="table-probe" aria-hidden="true" />
    </div>
  );
}

function keyMaybe<T>(row: T | undefined, keyOf: (row: T) => string): string | undefined {
  return row === undefined ? undefined : keyOf(row);
}

/** The range may be of a moment when there were more rows. */
function drawnRows({ from, to }: Sighted['drawn'], count: number): number[] {
  const length = Math.max(0, Math.min(to, count) - from);
  return Array.from({ length }, (_, at) => from + at);
}

const PAUSE_MS = 40;

function useRange(onRange: TableProps<never>['onRange'], { from, to }: Sighted['drawn']): void {
  const tell = useRef(onRange);
  tell.current = onRange;
  const told = useRef(false);
  useEffect(() => {
    if (to === 0) return;
    const timer = setTimeout(() => tell.current?.(from, to), told.current ? PAUSE_MS : 0);
    told.current = true;
    return () => clearTimeout(timer);
  }, [from, to]);
}

type Active = [active: number | undefined, move: (to: number) => void];

/** The row the keyboard is at; it is always brought into sight. */
function useActive({ sight, scrollBy, rowHeight }: Sighted, count: number, reveal: number | undefined): Active {
  const [active, setActive] = useState<number>();
  const move = useCallback(
    (to: number) => {
      setActive(to);
      scrollBy(scrollToRow(to, sight(), 0));
    },
    [sight, scrollBy],
  );
  const there = reveal !== undefined && reveal < count && rowHeight > 0;
  useEffect(() => {
    if (there) move(reveal);
  }, [there, reveal, move]);
  return [active !== undefined && active < count ? active : undefined, move];
}

/** What in a cell is for itself: the row is not meant by a click or a key in it. */
const CONTROLS =
  'button, a, input, select, textarea, summary, [role="button"], vscode-button, vscode-checkbox, vscode-textfield, vscode-single-select';

interface Handlers {
  onClick(event: MouseEvent): void;
  onKeyDown(event: KeyboardEvent): void;
  onFocus(event: FocusEvent): void;
}

function useHandlers<T>(
  root: RefObject<HTMLElement | null>,
  props: TableProps<T>,
  sighted: Sighted,
  active: number | undefined,
  move: Active[1],
): Handlers {
  const { rowAt, onOpen, opens, count } = props;
  const open = (at: number): void => {
    const row = rowAt(at);
    if (row !== undefined && opens?.(row) !== false) onOpen?.(row);
  };
  const onKey = (event: KeyboardEvent): boolean => {
    const opens = event.key === 'Enter' || event.key === ' ';
    if (opens && event.target === root.current && active !== undefined && onOpen) {
      open(active);
      return true;
    }
    const { height, rowHeight } = sighted.sight();
    const to = rowAfterKey(event.key, active, count, Math.max(1, Math.floor(height / rowHeight) - 1));
    if (to === undefined) return false;
    root.current?.focus({ preventScroll: true });
    move(to);
    return true;
  };
  return {
    onClick: ({ target }) => {
      if (!(target instanceof Element) || target.closest(CONTROLS) || someTextIsMarked()) return;
      const at = placeOf(target);
      if (at === undefined) return;
      move(at);
      open(at);
    },
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || isTyped(event.target)) return;
      if (onKey(event)) event.preventDefault();
    },
    onFocus: ({ target }) => {
      if (target !== root.current || active !== undefined || count === 0 || !root.current?.matches(':focus-visible')) return;
      const { top, rowHeight } = sighted.sight();
      move(Math.min(count - 1, Math.max(0, Math.ceil(top / rowHeight))));
    },
  };
}

function someTextIsMarked(): boolean {
  return getSelection()?.isCollapsed === false;
}

/** Fields and lists take the same keys. */
function isTyped(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, vscode-textfield, vscode-single-select') !== null;
}
