import { describe, expect, it } from 'vitest';
import type { AccountView, Explained } from '../../../src/editor/admin/api.ts';
import {
  downQuery,
  involvedIn,
  isWhatIf,
  NOTHING_DOWN,
  nowQuery,
  rungsOf,
  sharedReasons,
  toggled,
  verdictOf,
} from '../../../webview/pages/combos/what-if.ts';

const account = (id: string, provider: string, name = id, enabled = true): AccountView => ({
  id,
  provider,
  name,
  priority: 1,
  enabled,
  proxy: null,
  health: [],
});

const plan = (...steps: [target: string, account: string, ...why: string[]][]): Explained => ({
  requested: 'best',
  resolved: 'best',
  steps: steps.map(([target, name, ...why], at) => ({
    position: at + 1,
    target,
    account: name,
    provider: 'p',
    tier: 'free',
    dialect: 'openai-chat',
    why,
  })),
  skipped: [],
  bounds: { maxAttempts: 2, fallbackOn: [] },
});

describe('what is asked', () => {
  it('says what the request needs, and only that', () => {
    expect(nowQuery('best', NOTHING_DOWN)).toEqual({ model: 'best' });
    expect(nowQuery('best', { down: [], tools: true, vision: true, tokens: 9000 })).toEqual({
      model: 'best',
      tools: '1',
      vision: '1',
      tokens: '9000',
    });
  });

  it('names accounts as people do, where the name can mean nothing else', () => {
    const accounts = [account('1', 'groq', 'work'), account('2', 'groq', 'twin'), account('3', 'x', 'twin'), account('4', 'x', 'a, b')];
    const without = (...down: string[]): string | undefined => downQuery('best', { ...NOTHING_DOWN, down }, accounts).without;
    expect(without('1')).toBe('work');
    expect(without('1', '2', '4', 'groq')).toBe('work,2,4,groq');
    // An account that is called as another one's provider.
    expect(downQuery('m', { ...NOTHING_DOWN, down: ['5'] }, [...accounts, account('5', 'y', 'groq')]).without).toBe('5');
    expect(without()).toBeUndefined();
  });

  it('is kept, and taken back only when it fits', () => {
    expect(isWhatIf(JSON.parse(JSON.stringify(NOTHING_DOWN)))).toBe(true);
    expect(isWhatIf({ ...NOTHING_DOWN, down: [1] })).toBe(false);
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});

describe('the ladder', () => {
  const now = plan(['a/1', 'x', 'combo'], ['b/2', 'y', 'combo'], ['c/3', 'z', 'combo', 'stays']);
  const then = plan(['c/3', 'z', 'combo', 'stays'], ['d/4', 'v', 'combo']);

  it('shows where each stood before, and what is beyond the attempts', () => {
    expect(rungsOf(then, now).map(({ was }) => was)).toEqual([3, undefined]);
    expect(rungsOf(now).map(({ reached }) => reached)).toEqual([true, true, false]);
  });

  it('says once what holds for all steps', () => {
    expect(sharedReasons(now)).toEqual(['combo']);
    expect(rungsOf(now).map(({ why }) => why)).toEqual([[], [], ['stays']]);
    // A single step keeps its reasons to itself.
    expect(rungsOf(plan(['a/1', 'x', 'combo']))[0]?.why).toEqual(['combo']);
  });

  it('comes to a verdict', () => {
    expect(verdictOf(now, then)).toMatchObject({ is: 'other', first: { target: 'c/3' }, before: { target: 'a/1' } });
    expect(verdictOf(now, plan(['a/1', 'x']))).toMatchObject({ is: 'same' });
    expect(verdictOf(now, plan())).toEqual({ is: 'nobody' });
    expect(verdictOf(plan(), then)).toMatchObject({ is: 'other', before: undefined });
  });
});

it('only accounts of the plan can be taken down, those that are down already, and providers with several of them', () => {
  const accounts = [
    account('1', 'groq', 'work'),
    account('2', 'groq', 'home'),
    account('3', 'mistral', 'far'),
    account('4', 'x', 'work', false),
  ];
  const of = plan(['g/1', 'work'], ['g/1', 'home']);
  expect(involvedIn(of, accounts, []).accounts.map(({ id }) => id)).toEqual(['1', '2']);
  expect(involvedIn(of, accounts, []).providers).toEqual(['groq']);
  expect(involvedIn(undefined, accounts, ['3']).accounts.map(({ id }) => id)).toEqual(['3']);
});
