import { Component, type VNode } from 'preact';
import type { Column } from './columns.ts';

interface CellsProps<T> {
  row: T | undefined;
  columns: readonly Column<T>[];
}

export interface RowProps<T> extends CellsProps<T> {
  /** Of the active row alone, by which the table points at it. */
  id: string | undefined;
  /** Its place among all rows, from 0. */
  at: number;
  tracks: string;
  /** `undefined`: rows of this table are not opened. */
  selected: boolean | undefined;
  active: boolean;
  /** Not opened, though others of its table are. */
  still: boolean;
}

/** Drawn anew only when something of it changed: with a stream of rows, most stay as they are. */
export class Row<T> extends Component<RowProps<T>> {
  override shouldComponentUpdate(next: RowProps<T>): boolean {
    return isOther(this.props, next);
  }

  override render({ id, row, at, columns, tracks, selected, active, still }: RowProps<T>): VNode {
    return (
      <div
        id={id}
        role="row"
        aria-rowindex={at + 2}
        aria-selected={selected}
        aria-busy={row === undefined ? true : undefined}
        class={`table-row${active ? ' active' : ''}${still ? ' still' : ''}`}
        style={{ gridTemplateColumns: tracks }}
      >
        <Cells row={row} columns={columns} />
      </div>
    );
  }
}

/** Rows that come in on top change the place of all others, not what they say. */
class Cells<T> extends Component<CellsProps<T>> {
  override shouldComponentUpdate(next: CellsProps<T>): boolean {
    return isOther(this.props, next);
  }

  override render({ row, columns }: CellsProps<T>): VNode[] {
    return columns.map(({ id, align = 'left', cell }) => (
      <span key={id} role="gridcell" class={`cell align-${align}`}>
        {row === undefined ? <span class="cell-waiting" /> : cell(row)}
      </span>
    ));
  }
}

function isOther<P extends object>(now: P, next: P): boolean {
  return (Object.keys(next) as (keyof P)[]).some((name) => next[name] !== now[name]);
}

/** Which row of the table an element is in. */
export function placeOf(element: Element): number | undefined {
  const index = element.closest('.table-row')?.getAttribute('aria-rowindex');
  return index ? Number(index) - 2 : undefined;
}
