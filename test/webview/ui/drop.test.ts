import { describe, expect, it } from 'vitest';
import { gapAt, moved, movedTo } from '../../../webview/ui/drag-list/drop.ts';

describe('what is dragged', () => {
  const boxes = [0, 30, 60].map((top) => ({ top, height: 30 }));

  it('falls into the gap nearest to the pointer', () => {
    expect(gapAt(-10, boxes)).toBe(0);
    expect(gapAt(14, boxes)).toBe(0);
    expect(gapAt(16, boxes)).toBe(1);
    expect(gapAt(76, boxes)).toBe(3);
    expect(gapAt(5, [])).toBe(0);
  });

  it('stands then where those it passed have moved up', () => {
    expect(movedTo(0, 3)).toBe(2);
    expect(movedTo(2, 0)).toBe(0);
  });

  it('stays where it is in the gaps beside it', () => {
    expect(movedTo(1, 1)).toBeUndefined();
    expect(movedTo(1, 2)).toBeUndefined();
  });
});

it('a list has the item where it was put, and stays what it was where there is none', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a']);
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a'], 3, 0)).toEqual(['a']);
});
