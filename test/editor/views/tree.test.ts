import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ViewNode } from '../../../src/editor/views/tree/node.ts';
import { Repaint } from '../../../src/editor/views/tree/repaint.ts';
import { type Changed, TreeState } from '../../../src/editor/views/tree/tree-state.ts';

const node = (id: string, label = id, children?: ViewNode[]): ViewNode => ({
  id,
  ref: { kind: 'group', name: id },
  label,
  spoken: label,
  ...(children ? { children } : {}),
});
const told = (changed: Changed): string[] | 'all' => (changed === 'all' ? 'all' : changed.map(({ id }) => id));

describe('what is drawn again', () => {
  const tree = (): ViewNode[] => [node('a', 'a', [node('a1'), node('a2')]), node('b')];

  it('everything at first, and nothing when nothing changed', () => {
    const state = new TreeState();
    expect(told(state.update(tree()))).toBe('all');
    expect(told(state.update(tree()))).toEqual([]);
  });

  it('only the item whose face changed; its entry stays the same object', () => {
    const state = new TreeState();
    state.update(tree());
    const entry = state.find('a2');
    expect(told(state.update([node('a', 'a', [node('a1'), node('a2', 'other')]), node('b')]))).toEqual(['a2']);
    expect(state.find('a2')).toBe(entry);
    expect(entry?.node.label).toBe('other');
  });

  it('the parent, once, when children came, went or moved', () => {
    const state = new TreeState();
    state.update(tree());
    expect(told(state.update([node('a', 'a', [node('a2', 'other'), node('a1')]), node('b')]))).toEqual(['a']);
    expect(told(state.update([node('a'), node('b')]))).toEqual(['a']);
  });

  it('everything when the first level changed its order', () => {
    const state = new TreeState();
    state.update(tree());
    expect(told(state.update(tree().reverse()))).toBe('all');
  });

  it('an item under another parent is another item', () => {
    const state = new TreeState();
    state.update([node('a', 'a', [node('x')]), node('b', 'b', [])]);
    const before = state.find('x');
    state.update([node('a', 'a', []), node('b', 'b', [node('x')])]);
    expect(state.find('x')).not.toBe(before);
    expect(state.find('x')?.parent?.id).toBe('b');
  });
});

describe('how often it is drawn', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('four times a second at most while fifty changes a second come, and the last one is drawn', () => {
    let draws = 0;
    let value = 0;
    let drawn = 0;
    const repaint = new Repaint(() => {
      draws += 1;
      drawn = value;
    });
    repaint.visible(true);
    for (value = 1; value <= 50; value += 1) {
      repaint.changed();
      vi.advanceTimersByTime(20);
    }
    value = 99;
    repaint.changed();
    vi.advanceTimersByTime(1000);
    expect(draws).toBeLessThanOrEqual(6);
    expect(drawn).toBe(99);
  });

  it('not at all while nobody sees it, once when it is seen again', () => {
    const draw = vi.fn();
    const repaint = new Repaint(draw);
    for (let change = 0; change < 5; change += 1) repaint.changed();
    vi.advanceTimersByTime(5000);
    expect(draw).not.toHaveBeenCalled();
    repaint.visible(true);
    repaint.visible(false);
    repaint.changed();
    vi.advanceTimersByTime(5000);
    expect(draw).toHaveBeenCalledTimes(1);
    repaint.visible(true);
    expect(draw).toHaveBeenCalledTimes(2);
  });

  it('leaves no timer behind', () => {
    const repaint = new Repaint(() => {});
    repaint.visible(true);
    repaint.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});
