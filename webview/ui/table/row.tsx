import { Component, type VNode } from 'preact';
import type { Column } from './columns.ts';

export interface RowProps<T> {
  id: string;
  row: T | undefined;
  /** Its place among all rows, from 0. */
  at: number;
  columns: readonly Column<T>[];
  tracks: string;
  /** `undefined`: rows of this table are not opened. */
  selected: boolean | undefined;
  active: boolean;
}

/** Drawn anew only when something of it changed: with a stream of rows, most stay as they are. */
export class Row<T> extends Component<RowProps<T>> {
  override shouldComponentUpdate(next: RowProps<T>): boolean {
    const now = this.props;
    return (Object.keys(next) as (keyof RowProps<T>)[]).some((name) => next[name] !== now[name]);
  }

  override render({ id, row, at, columns, tracks, selected, active }: RowProps<T>): VNode {
    return (
      <div
        id={id}
        role="row"
        data-at={at}
        aria-rowindex={at + 2}
        aria-selected={selected}
        aria-busy={row === undefined ? true : undefined}
        class={`table-row${active ? ' active' : ''}`}
        style={{ gridTemplateColumns: tracks }}
      >
        {columns.map(({ id: column, align = 'left', cell }) => (
          <span key={column} role="gridcell" class={`cell align-${align}`}>
            {row === undefined ? <span class="cell-waiting" /> : cell(row)}
          </span>
        ))}
      </div>
    );
  }
}
