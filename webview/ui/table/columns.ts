import type { ComponentChildren } from 'preact';

export interface Column<T> {
  id: string;
  title: string;
  /** The title is said only, not shown. */
  hideTitle?: boolean;
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

/** What a click on a heading asks for: figures begin with the most, words with the first; a second click turns it round. */
export function sortedAfterClick({ id, align }: Pick<Column<never>, 'id' | 'align'>, sorted: Sorted | undefined): Sorted {
  return { by: id, down: sorted?.by === id ? !sorted.down : align === 'right' };
}

/** The columns there is room for. A width that is not known yet has room for all. */
export function columnsFor<T>(columns: readonly Column<T>[], width: number | undefined): readonly Column<T>[] {
  if (width === undefined) return columns;
  const some = columns.filter(({ from = 0 }) => width >= from);
  return some.length === columns.length ? columns : some;
}
