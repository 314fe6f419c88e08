import type { VNode } from 'preact';
import { Icon } from '../icon.tsx';
import { type Column, type Sorted, sortedAfterClick } from './columns.ts';

interface HeadProps<T> {
  columns: readonly Column<T>[];
  tracks: string;
  sorted: Sorted | undefined;
  onSort: ((sorted: Sorted) => void) | undefined;
}

export function Head<T>({ columns, tracks, sorted, onSort }: HeadProps<T>): VNode {
  return (
    <div role="rowgroup" class="table-head">
      <div role="row" aria-rowindex={1} class="table-headings" style={{ gridTemplateColumns: tracks }}>
        {columns.map((column) => (
          <span
            key={column.id}
            role="columnheader"
            aria-sort={sorted?.by === column.id ? (sorted.down ? 'descending' : 'ascending') : undefined}
            class={`cell align-${column.align ?? 'left'}`}
          >
            <Heading column={column} sorted={sorted} onSort={onSort} />
          </span>
        ))}
      </div>
    </div>
  );
}

function Heading<T>({ column, sorted, onSort }: Pick<HeadProps<T>, 'sorted' | 'onSort'> & { column: Column<T> }): VNode {
  const { id, title, hideTitle = false, sortable = false } = column;
  const words = <span class={hideTitle ? 'said' : 'cell-title'}>{title}</span>;
  if (!sortable || !onSort) return words;
  const icon = sorted?.by === id && (sorted.down ? 'arrow-down' : 'arrow-up');
  return (
    <button type="button" class="cell-sort" title={title} onClick={() => onSort(sortedAfterClick(column, sorted))}>
      {words}
      {icon && <Icon name={icon} />}
    </button>
  );
}
