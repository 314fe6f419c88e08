import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EMPTY } from '../../../webview/pages/combos/drafts.ts';
import { bestTargets, faultyTarget, leadingTo, readyCount, refusalWords, targetRows } from '../../../webview/pages/combos/rows.ts';
import { freeKey, itemOf, type View, viewOf } from '../../../webview/pages/combos/view-of.ts';
import { type DashboardHouse, dashboardHouse } from '../../dashboard/house.ts';

describe('of a gateway that was used', () => {
  let house: DashboardHouse;
  beforeAll(async () => {
    house = await dashboardHouse();
  });
  afterAll(() => house.close());

  it('each target is shown as it is: a key that was refused, and who would answer', async () => {
    await house.ask('old/scripted-model');
    await house.live.refresh('health');
    const [best] = house.live.snapshot.combos;
    const rows = targetRows(best ?? EMPTY, house.live.snapshot, Date.now());
    expect(rows.map(({ target, state }) => [target, state.is])).toEqual([
      ['old/scripted-model', 'blocked'],
      ['work/scripted-model', 'ready'],
      ['groq/scripted-model', 'ready'],
    ]);
    expect(rows[1]?.model).toMatchObject({ name: 'work/scripted-model', price: { input: 2, output: 8 } });
    expect(readyCount(best ?? EMPTY, house.live.snapshot, Date.now())).toBe(2);
  });

  it('names that lead to a combo are known', () => {
    expect(leadingTo('best', house.live.snapshot)).toEqual({ aliases: ['gpt-5'], combos: [] });
    const combos = [{ ...EMPTY, name: 'outer', targets: ['best'] }];
    expect(leadingTo('best', { models: [], combos })).toEqual({ aliases: [], combos: ['outer'] });
  });

  it('the first combo is made of who automatic routing would ask', async () => {
    const { steps } = await house.admin.explain({ model: 'auto' });
    const targets = bestTargets(steps);
    expect(targets.length).toBeGreaterThan(2);
    expect(targets.some((target) => target.startsWith('demo/'))).toBe(false);
    expect(await house.admin.saveCombo('of-the-best', { targets })).toMatchObject({ targets });
  });
});

it('the same target twice has a key of its own, which moves with it', () => {
  const nothing = { accounts: [], combos: [], models: [], health: [], quota: [], budgets: [] };
  const keys = targetRows({ name: 'x', targets: ['a', 'b', 'a'] }, nothing, 0).map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
  expect(targetRows({ name: 'x', targets: ['b', 'a', 'a'] }, nothing, 0).map(({ key }) => key)).toEqual([keys[1], keys[0], keys[2]]);
});

it('the demo is taken when there is nobody else', () => {
  expect(bestTargets([{ target: 'demo/echo', provider: 'demo' }])).toEqual(['demo/echo']);
});

it('a refusal is put beside the target it is about', () => {
  expect(faultyTarget('targets[3]')).toBe(3);
  expect(faultyTarget('targets.2')).toBe(2);
  expect(faultyTarget('deadlineMs')).toBeUndefined();
  expect(faultyTarget(undefined)).toBeUndefined();
  expect(refusalWords('targets[3]: nobody', 'targets[3]')).toBe('nobody');
  expect(refusalWords('nobody', 'targets[3]')).toBe('nobody');
});

describe('what a link points at', () => {
  const combos = [{ name: 'best' }, { name: 'cheap' }];
  const draft = { base: null, now: EMPTY };

  it('is a combo, a new one, or any name there could be', () => {
    expect(viewOf(undefined, combos, {})).toEqual({ is: 'combo', name: 'best' });
    expect(viewOf('cheap', combos, {})).toEqual({ is: 'combo', name: 'cheap' });
    expect(viewOf('/new1', combos, { '/new1': draft })).toEqual({ is: 'new', key: '/new1' });
    expect(viewOf('/new1', combos, {})).toEqual({ is: 'combo', name: 'best' });
    expect(viewOf('auto', combos, {})).toEqual({ is: 'ask', name: 'auto' });
    expect(viewOf('groq/some-model', combos, {})).toEqual({ is: 'ask', name: 'groq/some-model' });
    expect(viewOf('gone', combos, { gone: draft })).toEqual({ is: 'combo', name: 'gone' });
    expect(viewOf(undefined, [], {})).toEqual({ is: 'nothing' });
    expect(viewOf(undefined, [], { '/new1': draft })).toEqual({ is: 'new', key: '/new1' });
  });

  it('leads back to itself', () => {
    const views: View[] = [
      { is: 'combo', name: 'cheap' },
      { is: 'new', key: '/new2' },
      { is: 'ask', name: '' },
      { is: 'ask', name: 'auto' },
    ];
    for (const view of views) expect(viewOf(itemOf(view), combos, { '/new2': draft })).toEqual(view);
    expect(freeKey({ '/new1': draft, '/new2': draft })).toBe('/new3');
  });
});
