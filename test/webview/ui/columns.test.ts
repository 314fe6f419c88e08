import { describe, expect, it } from 'vitest';
import { type Column, columnsFor, sortedAfterClick } from '../../../webview/ui/table/columns.ts';

const column = (id: string, more: Partial<Column<string>> = {}): Column<string> => ({
  id,
  title: id,
  width: '1fr',
  cell: (row) => row,
  ...more,
});

describe('a click on a heading', () => {
  it('sorts words from the first and figures from the most', () => {
    expect(sortedAfterClick(column('name'), undefined)).toEqual({ by: 'name', down: false });
    expect(sortedAfterClick(column('cost', { align: 'right' }), { by: 'name', down: false })).toEqual({ by: 'cost', down: true });
  });

  it('turns round what is sorted by it already', () => {
    expect(sortedAfterClick(column('cost', { align: 'right' }), { by: 'cost', down: true })).toEqual({ by: 'cost', down: false });
  });
});

describe('columns', () => {
  const columns = [column('name'), column('tool', { from: 500 }), column('share', { from: 700 })];

  it('are left out where there is no room for them', () => {
    expect(columnsFor(columns, 499).map(({ id }) => id)).toEqual(['name']);
    expect(columnsFor(columns, 500).map(({ id }) => id)).toEqual(['name', 'tool']);
  });

  it('are the very same where all have room, so that no row is drawn anew', () => {
    expect(columnsFor(columns, 700)).toBe(columns);
    expect(columnsFor(columns, undefined)).toBe(columns);
  });
});
