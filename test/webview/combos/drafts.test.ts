import { describe, expect, it } from 'vitest';
import type { ComboConfig } from '../../../src/editor/admin/api.ts';
import { areDrafts, changed, dropped, EMPTY, freeName, merged, moved, rebased, renamedTo } from '../../../webview/pages/combos/drafts.ts';

const BEST: ComboConfig = { ...EMPTY, name: 'best', targets: ['a/one', 'b/two'] };

describe('drafts', () => {
  it('are kept as they were, through JSON', () => {
    const drafts = changed({}, 'best', BEST, { ...BEST, strategy: 'latency' });
    const kept: unknown = JSON.parse(JSON.stringify(drafts));
    expect(areDrafts(kept)).toBe(true);
    expect(kept).toEqual(drafts);
    expect(areDrafts({ best: { now: { name: 'best' } } })).toBe(false);
    expect(areDrafts([])).toBe(false);
  });

  it('begin at what is saved, and end when they say that again', () => {
    const begun = changed({}, 'best', BEST, { ...BEST, targets: ['b/two', 'a/one'] });
    expect(begun).toEqual({ best: { base: BEST, now: { ...BEST, targets: ['b/two', 'a/one'] } } });
    expect(changed(begun, 'best', BEST, { ...BEST })).toEqual({});
    expect(dropped(begun, 'best')).toEqual({});
  });

  it('of a new combo stay until they are saved or thrown away', () => {
    const drafts = changed({ '/new1': { base: null, now: EMPTY } }, '/new1', undefined, { ...EMPTY, name: 'x' });
    const [draft] = Object.values(drafts);
    expect(draft && merged(draft, undefined)).toMatchObject({ dirty: true, combo: { name: 'x' } });
  });

  it('take over what was changed elsewhere in fields the user left alone, and tell of it', () => {
    const draft = { base: BEST, now: { ...BEST, strategy: 'latency' as const } };
    const saved: ComboConfig = { ...BEST, targets: ['c/three'], maxAttempts: 2 };
    const { combo, dirty, elsewhere, both } = merged(draft, saved);
    expect(combo).toEqual({ ...saved, strategy: 'latency' });
    expect(dirty).toBe(true);
    expect(elsewhere.toSorted()).toEqual(['maxAttempts', 'targets']);
    expect(both).toEqual([]);
  });

  it('keep the user’s where both changed the same, and say so', () => {
    const draft = { base: BEST, now: { ...BEST, targets: ['b/two'] } };
    const saved = { ...BEST, targets: ['c/three'] };
    expect(merged(draft, saved)).toMatchObject({ combo: { targets: ['b/two'] }, dirty: true, elsewhere: ['targets'], both: ['targets'] });
    const after = rebased({ best: draft }, 'best', saved);
    expect(after.best && merged(after.best, saved)).toMatchObject({ combo: { targets: ['b/two'] }, dirty: true, elsewhere: [] });
  });

  it('say nothing of a change that is the same on both sides', () => {
    const now = { ...BEST, targets: ['b/two'] };
    expect(merged({ base: BEST, now }, { ...now })).toMatchObject({ dirty: false, both: [] });
  });

  it('take a field away when the user did', () => {
    const base = { ...BEST, deadlineMs: 1000, maxAttempts: 3 };
    const { deadlineMs: _, ...now } = base;
    expect(merged({ base, now }, { ...base, maxAttempts: 4 }).combo).toEqual({ ...BEST, maxAttempts: 4 });
  });

  it('are still all the user’s when the combo was removed', () => {
    const now = { ...BEST, targets: ['b/two'] };
    expect(merged({ base: BEST, now }, undefined)).toMatchObject({ combo: now, dirty: true });
  });
});

describe('a combo that is renamed elsewhere', () => {
  const other = { ...BEST, name: 'other', strategy: 'random' as const };

  it('is followed to its new name', () => {
    expect(renamedTo('best', [BEST, other], [{ ...BEST, name: 'better' }, other])).toBe('better');
  });

  it('is not mistaken for one that was removed, or that is there', () => {
    expect(renamedTo('best', [BEST, other], [other])).toBeUndefined();
    expect(renamedTo('best', [BEST], [BEST, { ...BEST, name: 'copy' }])).toBeUndefined();
    expect(renamedTo('best', [BEST], [{ ...other, name: 'new' }])).toBeUndefined();
    expect(
      renamedTo(
        'best',
        [BEST],
        ['x', 'y'].map((name) => ({ ...BEST, name })),
      ),
    ).toBeUndefined();
  });

  it('takes its draft along', () => {
    const drafts = moved({ best: { base: BEST, now: { ...BEST, targets: ['b/two'] } } }, 'best', 'better');
    expect(drafts).toEqual({ better: { base: { ...BEST, name: 'better' }, now: { ...BEST, name: 'better', targets: ['b/two'] } } });
  });
});

it('a free name is the wanted one, or the next in turn', () => {
  expect(freeName('best', ['cheap'])).toBe('best');
  expect(freeName('best', ['best', 'best-2', 'best-4'])).toBe('best-3');
});
