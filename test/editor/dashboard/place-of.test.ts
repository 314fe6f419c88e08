import { describe, expect, it } from 'vitest';
import { PAGES } from '../../../src/editor/dashboard/contract/place.ts';
import { keptPlace, placeOf } from '../../../src/editor/dashboard/place-of.ts';
import { comboNodes } from '../../../src/editor/views/combos/nodes.ts';
import type { ItemRef } from '../../../src/editor/views/item.ts';
import { providerNodes } from '../../../src/editor/views/providers/nodes.ts';
import { quotaNodes } from '../../../src/editor/views/quota/nodes.ts';
import { requestNodes } from '../../../src/editor/views/requests/nodes.ts';
import type { ViewNode } from '../../../src/editor/views/tree/node.ts';
import { combo, NOON, quota, request, snapshot } from '../snapshots.ts';

const of = (ref: ItemRef): unknown => placeOf(undefined, ref);

describe('where a link leads', () => {
  it('by a page’s name, or a place; what is neither leads nowhere new', () => {
    for (const page of PAGES) expect(placeOf(page, undefined)).toEqual({ page });
    expect(placeOf({ page: 'logs', item: 'audit' }, undefined)).toEqual({ page: 'logs', item: 'audit' });
    for (const odd of [
      undefined,
      '',
      'nowhere',
      7,
      { page: 'nowhere' },
      { page: 'logs', item: 7 },
      { page: 'logs', item: 'x'.repeat(501) },
    ])
      expect(placeOf(odd, undefined)).toBeUndefined();
  });

  it('by an item of a tree: the page that shows it, and there the item', () => {
    expect(of({ kind: 'account', account: 'a' })).toEqual({ page: 'providers', item: 'a' });
    expect(of({ kind: 'model', model: 'a/m', account: 'a' })).toEqual({ page: 'providers', item: 'a' });
    expect(of({ kind: 'group', name: 'free' })).toEqual({ page: 'providers' });
    expect(of({ kind: 'combo', combo: 'best' })).toEqual({ page: 'combos', item: 'best' });
    expect(of({ kind: 'target', combo: 'best', at: 1, target: 'a/m' })).toEqual({ page: 'combos', item: 'best' });
    expect(of({ kind: 'auto', name: 'auto' })).toEqual({ page: 'combos', item: 'auto' });
    expect(of({ kind: 'quota-account', account: 'a' })).toEqual({ page: 'quota', item: 'a' });
    expect(of({ kind: 'window', account: 'a', window: '5h' })).toEqual({ page: 'quota', item: 'a' });
    expect(of({ kind: 'budget', budget: 'day' })).toEqual({ page: 'usage', item: 'budgets' });
    expect(of({ kind: 'group', name: 'budgets' })).toEqual({ page: 'usage', item: 'budgets' });
    expect(of({ kind: 'request', request: 'req_1' })).toEqual({ page: 'requests', item: 'req_1' });
    expect(of({ kind: 'tool', tool: 'codex' })).toEqual({ page: 'tools', item: 'codex' });
  });

  it('from every line the trees draw', () => {
    const state = snapshot({
      combos: [combo('best', ['groq/m'])],
      quota: [quota('groq', { usedPercent: 20 })],
      requests: [request('req_1')],
    });
    const trees = [
      providerNodes(state, NOON, [], () => undefined),
      comboNodes(state, NOON),
      quotaNodes(state, NOON, () => undefined),
      requestNodes(state, NOON),
    ];
    const every = (nodes: readonly ViewNode[]): ViewNode[] => nodes.flatMap((node) => [node, ...every(node.children ?? [])]);
    const pages = trees.map((nodes) => new Set(every(nodes).map(({ ref }) => placeOf(undefined, ref)?.page)));
    expect(pages).toEqual([new Set(['providers']), new Set(['combos']), new Set(['quota']), new Set(['requests'])]);
  });
});

describe('where it was before the window was reloaded', () => {
  it('is where it is again', () => {
    expect(keptPlace({ place: { page: 'usage', item: 'budgets' }, 'usage.range': 'month' })).toEqual({ page: 'usage', item: 'budgets' });
  });

  it('is the overview where that is not known, or there is no such page any more', () => {
    for (const odd of [undefined, null, 'usage', {}, { place: 'usage' }, { place: { page: 'gone' } }])
      expect(keptPlace(odd)).toEqual({ page: 'overview' });
  });
});
