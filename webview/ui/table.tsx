import type { ComponentChildren, VNode } from 'preact';

export interface Column<T> {
  id: string;
  title: string;
  /** A CSS grid track: `minmax(8em, 2fr)`. */
  width: string;
  /** Figures stand right. */
  align?: 'left' | 'right';
  cell(row: T): ComponentChildren;
  /** Can be sorted by; the table only shows by what and tells of clicks. */
  sortable?: boolean;
  /** Left out below this width of the table, in pixels. */
  from?: number;
}

export interface Sorted {
  by: string;
  down: boolean;
}

interface TableProps<T> {
  /** What it lists, for those who do not see it. */
  label: string;
  columns: readonly Column<T>[];
  count: number;
  /** `undefined`: not there yet; a line is kept free, and `onRange` has asked for it. */
  rowAt(index: number): T | undefined;
  keyOf(row: T): string;
  sorted?: Sorted;
  onSort?(sorted: Sorted): void;
  /** The key of the row that is open. */
  selected?: string | undefined;
  /** A click or Enter on a row. */
  onOpen?(row: T): void;
  /** Which rows are in sight, from … to (exclusive). */
  onRange?(from: number, to: number): void;
  /** Height of its window in CSS; without it, it is as high as its rows. */
  height?: string;
  /** Keeps to the end while it is scrolled to the end. */
  follow?: boolean;
}

/** Rows of one height, drawn only where they are in sight: 100,000 are as quick as ten. Arrows, Page Up and Down, Home, End and Enter work. */
export function Table<T>({ label, columns, count, rowAt, keyOf, onOpen, selected }: TableProps<T>): VNode {
  const tracks = columns.map(({ width }) => width).join(' ');
  return (
    <div class="table" role="table" aria-label={label} aria-rowcount={count + 1}>
      <div class="table-head" role="row" style={{ gridTemplateColumns: tracks }}>
        {columns.map(({ id, title, align = 'left' }) => (
          <span key={id} role="columnheader" class={`cell align-${align}`}>
            {title}
          </span>
        ))}
      </div>
      {Array.from({ length: Math.min(count, 100) }, (_, at) => rowAt(at)).map(
        (row) =>
          row !== undefined && (
            <div
              key={keyOf(row)}
              role="row"
              aria-selected={keyOf(row) === selected}
              class="table-row"
              style={{ gridTemplateColumns: tracks }}
              onClick={() => onOpen?.(row)}
            >
              {columns.map(({ id, align = 'left', cell }) => (
                <span key={id} role="cell" class={`cell align-${align}`}>
                  {cell(row)}
                </span>
              ))}
            </div>
          ),
      )}
    </div>
  );
}
