import { describe, expect, it } from 'vitest';
import { moved, rearranged, withAdded, without } from '../../../src/editor/views/combos/edit-targets.ts';
import { comboNodes } from '../../../src/editor/views/combos/nodes.ts';
import type { ViewNode } from '../../../src/editor/views/tree/node.ts';
import { account, blocked, combo, model, NOON, snapshot } from '../snapshots.ts';

const nodes = (change: Parameters<typeof snapshot>[0]): ViewNode[] => comboNodes(snapshot(change), NOON);
const groq = account('groq', { prefix: 'groq' });
const work = account('work', { prefix: 'groq', priority: 2 });

describe('the combos tree', () => {
  it('is empty without combos; with some, automatic routing comes first', () => {
    expect(nodes({})).toEqual([]);
    expect(nodes({ combos: [combo('best', ['groq/a'])] }).map(({ label, contextValue }) => [label, contextValue])).toEqual([
      ['auto', 'auto'],
      ['best', 'combo.enabled'],
    ]);
  });

  it('a target says which account would answer now, and moves on to the next when that one is held back', () => {
    const state = (health: ReturnType<typeof blocked>[]) =>
      nodes({ accounts: [groq, work], combos: [combo('best', ['groq/a'])], health })[1]?.children?.[0]?.description;
    expect(state([])).toBe('groq and 1 more');
    expect(state([blocked('groq', 'rate', NOON + 60_000)])).toBe('work');
    expect(state([blocked('groq', 'rate', NOON + 60_000), blocked('work', 'auth')])).toBe('groq: cooling until 12:01');
    const locked = {
      scope: 'model',
      id: 'groq-id',
      model: 'a',
      failures: 1,
      block: { reason: 'model', scope: 'model', detail: 'd' },
    } as const;
    expect(nodes({ accounts: [groq], combos: [combo('best', ['groq/a'])], health: [locked] })[1]?.children?.[0]?.description).toBe(
      'groq: model not available',
    );
  });

  it('says of every kind of target what it is', () => {
    const models = [model('groq/llama', { accounts: ['groq-id'] }), model('auto', { kind: 'auto', accounts: ['groq-id'] })];
    const combos = [
      combo('best', ['llama', 'groq/*', 'auto', 'off', 'other', 'gone/x']),
      combo('off', ['groq/llama'], { enabled: false }),
      combo('other', ['gone/x']),
    ];
    const [, best] = nodes({ accounts: [groq], models, combos });
    expect(best?.children?.map(({ description }) => description)).toEqual([
      'groq',
      'pattern for 1 model',
      'automatic',
      'combo, disabled',
      'combo, cannot answer now',
      'no account has it',
    ]);
    expect(best?.description).toBe('in order · 3 of 6 ready');
  });

  it('combos that hold each other end somewhere', () => {
    expect(nodes({ combos: [combo('a', ['b']), combo('b', ['a'])] })[1]?.children?.[0]?.description).toBe('combo, cannot answer now');
  });

  it('a target keeps its identity when it moves, also where it is there twice', () => {
    const ids = (targets: string[]) => nodes({ combos: [combo('best', targets)] })[1]?.children?.map(({ id }) => id) ?? [];
    expect(ids(['x', 'y', 'x']).toSorted()).toEqual(ids(['y', 'x', 'x']).toSorted());
    expect(new Set(ids(['x', 'x'])).size).toBe(2);
  });
});

describe('arranging targets', () => {
  const list = ['a', 'b', 'c', 'd'];
  it('a step up and down, not beyond the ends', () => {
    expect(moved(list, { at: 1, target: 'b' }, -1)).toEqual(['b', 'a', 'c', 'd']);
    expect(moved(list, { at: 1, target: 'b' }, 1)).toEqual(['a', 'c', 'b', 'd']);
    expect(moved(list, { at: 0, target: 'a' }, -1)).toBeUndefined();
    expect(moved(list, { at: 3, target: 'd' }, 1)).toBeUndefined();
  });
  it('finds a target that has gone elsewhere meanwhile, and leaves alone what is gone', () => {
    expect(moved(list, { at: 0, target: 'c' }, -1)).toEqual(['a', 'c', 'b', 'd']);
    expect(moved(list, { at: 0, target: 'z' }, 1)).toBeUndefined();
    expect(without(list, [{ at: 9, target: 'z' }])).toEqual(list);
  });
  it('dropped on another it takes that one’s place, from above as from below', () => {
    expect(rearranged(list, [{ at: 0, target: 'a' }], { at: 2, target: 'c' })).toEqual(['b', 'c', 'a', 'd']);
    expect(rearranged(list, [{ at: 3, target: 'd' }], { at: 1, target: 'b' })).toEqual(['a', 'd', 'b', 'c']);
    expect(
      rearranged(
        list,
        [
          { at: 0, target: 'a' },
          { at: 2, target: 'c' },
        ],
        undefined,
      ),
    ).toEqual(['b', 'd', 'a', 'c']);
    expect(rearranged(list, [{ at: 1, target: 'b' }], { at: 1, target: 'b' })).toEqual(list);
  });
  it('adds each once, before the place or at the end', () => {
    expect(withAdded(list, ['b', 'x', 'x'], { at: 1, target: 'b' })).toEqual(['a', 'x', 'b', 'c', 'd']);
    expect(withAdded(list, ['x'])).toEqual([...list, 'x']);
  });
});
