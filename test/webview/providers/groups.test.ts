import { describe, expect, it } from 'vitest';
import { type Filter, groupsOf, prioritiesAfter, stateOf } from '../../../webview/pages/providers/groups.ts';
import { account, blocked, HOUR, NOON, snapshot } from '../../editor/snapshots.ts';

const ALL: Filter = { text: '', state: 'all' };
const names = (provider: string): string => (provider === 'glm' ? 'Z.ai' : provider);
const conditions = snapshot({
  accounts: [
    account('groq', { tier: 'free', priority: 2 }),
    account('work', { provider: 'glm', tier: 'subscription', priority: 5, prefix: 'zai' }),
    account('off', { tier: 'free', priority: 1, enabled: false }),
    account('free', { tier: 'free', priority: 3 }),
    account('strange', { provider: 'nobody-knows' }),
  ],
  health: [blocked('groq', 'rate', NOON + HOUR)],
});
const shown = (filter: Partial<Filter>, now = NOON) =>
  groupsOf(conditions, { ...ALL, ...filter }, names, now).map(({ tier, shown }) => [tier, shown.map(({ account: { name } }) => name)]);

describe('the accounts in the order of the fall-back', () => {
  it('are listed tier by tier, the best priority first; what nobody knows comes last and is not left out', () => {
    expect(shown({})).toEqual([
      ['subscription', ['work']],
      ['free', ['off', 'groq', 'free']],
      [undefined, ['strange']],
    ]);
  });

  it('are found by name, provider, prefix and tier, all words together', () => {
    expect(shown({ text: 'z.AI' })).toEqual([['subscription', ['work']]]);
    expect(shown({ text: 'zai subscr' })).toEqual([['subscription', ['work']]]);
    expect(shown({ text: 'nobody' })).toEqual([[undefined, ['strange']]]);
    expect(shown({ text: 'zai groq' })).toEqual([]);
  });

  it('are found by how they are, until what keeps them away is over', () => {
    expect(shown({ state: 'blocked' })).toEqual([['free', ['groq']]]);
    expect(shown({ state: 'disabled' })).toEqual([['free', ['off']]]);
    expect(shown({ state: 'blocked' }, NOON + 2 * HOUR)).toEqual([]);
  });

  it('are disabled before they are anything else', () => {
    const block = { reason: 'auth', scope: 'account', detail: '' } as const;
    expect(stateOf({ account: account('a', { enabled: false }), block })).toBe('disabled');
    expect(stateOf({ account: account('a'), block })).toBe('blocked');
    expect(stateOf({ account: account('a'), block: undefined })).toBe('ready');
  });
});

describe('an account that is moved', () => {
  const tier = ['a', 'b', 'c', 'd', 'e'].map((name, at) => account(name, { tier: 'free', priority: at + 1 }));
  const order = (visible: string[], from: number, to: number): string => {
    const group = {
      tier: 'free',
      all: tier,
      shown: tier.filter(({ name }) => visible.includes(name)).map((it) => ({ account: it, block: undefined })),
    } as const;
    const changes = prioritiesAfter(group, from, to);
    const after = tier.map((it) => ({ ...it, priority: changes.get(it.id) ?? it.priority }));
    return after
      .sort((one, other) => one.priority - other.priority)
      .map(({ name }) => name)
      .join('');
  };
  const all = ['a', 'b', 'c', 'd', 'e'];

  it('stands where it was dropped, from above as from below, at the top and at the end', () => {
    expect(order(all, 0, 2)).toBe('bcade');
    expect(order(all, 3, 1)).toBe('adbce');
    expect(order(all, 4, 0)).toBe('eabcd');
    expect(order(all, 0, 4)).toBe('bcdea');
  });

  it('goes right before the next that is shown, or right behind the last; those hidden by the filter keep their places', () => {
    expect(order(['b', 'd'], 1, 0)).toBe('adbce');
    expect(order(['b', 'd'], 0, 1)).toBe('acdbe');
    expect(order(['a', 'c', 'e'], 0, 1)).toBe('bcdae');
  });

  it('changes nothing where it stands already', () => {
    const group = { tier: 'free', all: tier, shown: tier.map((it) => ({ account: it, block: undefined })) } as const;
    expect(prioritiesAfter(group, 2, 2).size).toBe(0);
    expect(prioritiesAfter(group, 9, 1).size).toBe(0);
  });
});
