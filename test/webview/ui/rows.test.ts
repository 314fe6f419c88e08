import { describe, expect, it } from 'vitest';
import { rowAfterKey, rowsAbove, rowsDrawn, rowsInSight, scrollToRow } from '../../../webview/ui/table/rows.ts';

const sight = { top: 0, height: 240, rowHeight: 24, count: 100_000 };

describe('rows in sight', () => {
  it('are those of which a part is in sight', () => {
    expect(rowsInSight(sight)).toEqual({ from: 0, to: 10 });
    expect(rowsInSight({ ...sight, top: 23 })).toEqual({ from: 0, to: 11 });
    expect(rowsInSight({ ...sight, top: 24 })).toEqual({ from: 1, to: 11 });
  });

  it('end with the last row, begin with the first, and are none where the table is out of sight', () => {
    expect(rowsInSight({ ...sight, top: 100_000 * 24 - 100 })).toEqual({ from: 99_995, to: 100_000 });
    expect(rowsInSight({ ...sight, top: -100 })).toEqual({ from: 0, to: 6 });
    expect(rowsInSight({ ...sight, top: -500 })).toEqual({ from: 0, to: 0 });
    expect(rowsInSight({ ...sight, rowHeight: 0 })).toEqual({ from: 0, to: 0 });
  });

  it('are drawn with some around them, in steps: a pixel of scrolling draws nothing anew', () => {
    expect(rowsDrawn({ from: 0, to: 10 }, 100_000)).toEqual({ from: 0, to: 24 });
    expect(rowsDrawn({ from: 1, to: 11 }, 100_000)).toEqual({ from: 0, to: 24 });
    expect(rowsDrawn({ from: 50, to: 60 }, 100_000)).toEqual({ from: 40, to: 72 });
    expect(rowsDrawn({ from: 95, to: 100 }, 100)).toEqual({ from: 80, to: 100 });
    expect(rowsDrawn({ from: 0, to: 0 }, 0)).toEqual({ from: 0, to: 0 });
  });
});

describe('the row a key goes to', () => {
  it('is one or a page away, and never beyond the ends', () => {
    expect(rowAfterKey('ArrowDown', 4, 10, 5)).toBe(5);
    expect(rowAfterKey('ArrowUp', 0, 10, 5)).toBe(0);
    expect(rowAfterKey('PageDown', 4, 10, 5)).toBe(9);
    expect(rowAfterKey('PageUp', 4, 10, 5)).toBe(0);
    expect(rowAfterKey('Home', 4, 10, 5)).toBe(0);
    expect(rowAfterKey('End', 4, 10, 5)).toBe(9);
  });

  it('is the first where none was active, and none for other keys and empty tables', () => {
    expect(rowAfterKey('ArrowDown', undefined, 10, 5)).toBe(0);
    expect(rowAfterKey('a', 4, 10, 5)).toBeUndefined();
    expect(rowAfterKey('ArrowDown', undefined, 0, 5)).toBeUndefined();
  });
});

describe('scrolling to a row', () => {
  it('moves only as far as needed', () => {
    expect(scrollToRow(5, { ...sight, top: 0 }, 0)).toBe(0);
    expect(scrollToRow(10, { ...sight, top: 0 }, 0)).toBe(24);
    expect(scrollToRow(2, { ...sight, top: 100 }, 0)).toBe(-52);
    expect(scrollToRow(2, { ...sight, top: 40 }, 24)).toBe(-16);
  });
});

describe('rows that came in above', () => {
  const rows = ['d', 'c', 'b', 'a'];
  const keyAt = (index: number): string | undefined => rows[index];

  it('are counted by how far down the row stands now', () => {
    expect(rowsAbove('b', 1, rows.length, keyAt)).toBe(1);
    expect(rowsAbove('c', 1, rows.length, keyAt)).toBe(0);
  });

  it('are none where the row is gone', () => {
    expect(rowsAbove('z', 1, rows.length, keyAt)).toBe(0);
  });
});
