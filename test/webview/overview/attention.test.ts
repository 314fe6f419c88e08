import { beforeEach, expect, test } from 'vitest';
import type { AccountView, BudgetEntry } from '../../../src/editor/admin/api.ts';
import { useLocale } from '../../../src/editor/format/index.ts';
import { NEW_REQUEST } from '../../../src/editor/live/request-book.ts';
import type { Snapshot } from '../../../src/editor/live/snapshot.ts';
import { EMPTY } from '../../../src/editor/live/state.ts';
import { firstSteps } from '../../../webview/pages/overview/first-steps.ts';
import { attentionOf } from '../../../webview/shared/attention.ts';

const NOW = 1_790_000_000_000;
beforeEach(() => useLocale('en'));

const account = (name: string, more: Partial<AccountView> = {}): AccountView => ({
  id: `id-${name}`,
  provider: 'groq',
  name,
  priority: 1,
  enabled: true,
  proxy: null,
  health: [],
  ...more,
});

const standing = (more: Partial<Snapshot> = {}): Snapshot => ({
  ...EMPTY,
  link: { is: 'ready', owner: true, url: 'http://127.0.0.1:20128', port: 20128, pid: 1, instead: undefined },
  loaded: true,
  accounts: [account('work'), account('spare')],
  ...more,
});

const refused = { scope: 'account', id: 'id-work', failures: 1, block: { reason: 'auth', scope: 'account', detail: '' } } as const;

test('nothing needs the user while all is well', () => {
  expect(attentionOf(standing(), NOW)).toEqual([]);
});

test('a refused key, with the command that changes it, of that account', () => {
  expect(attentionOf(standing({ health: [refused] }), NOW)).toMatchObject([
    {
      key: 'sign-in',
      buttons: [{ step: { do: 'run', command: 'omniroute.account.setKey', ref: { kind: 'account', account: 'id-work' } } }],
    },
  ]);
});

test('a broken config leads to the file, and a port that is taken to the new address', () => {
  const broken = attentionOf(standing({ link: { is: 'failed', reason: 'config', message: 'config.json:\nline 3' } }), NOW);
  expect(broken[0]?.buttons[0]?.step).toEqual({ do: 'run', command: 'omniroute.openConfig', ref: undefined });
  const link = {
    is: 'ready',
    owner: true,
    url: 'http://127.0.0.1:20140',
    port: 20140,
    pid: 1,
    instead: { wanted: 20128, by: undefined },
  } as const;
  const taken = attentionOf(standing({ link }), NOW);
  expect(taken).toMatchObject([{ key: 'port', buttons: [{ step: { do: 'copy', text: 'http://127.0.0.1:20140/v1' } }] }]);
});

test('a budget needs the user once it is reached, not before', () => {
  const budget: BudgetEntry = { name: 'everything, day', period: 'day', mode: 'hard', resetsAt: NOW + 1000, amounts: [], state: 'ok' };
  expect(attentionOf(standing({ budgets: [{ ...budget, state: 'warning' }] }), NOW)).toEqual([]);
  // A hard one over everything keeps requests away from every account as well.
  expect(attentionOf(standing({ budgets: [{ ...budget, state: 'reached' }] }), NOW).map(({ key }) => key)).toEqual(['away', 'budget']);
});

test('what a notification shows in the dashboard is a place on this page', () => {
  const budget: BudgetEntry = { name: 'everything, day', period: 'day', mode: 'hard', resetsAt: NOW + 1000, amounts: [], state: 'reached' };
  const entry = attentionOf(standing({ budgets: [budget] }), NOW).find(({ key }) => key === 'budget');
  expect(entry?.buttons[0]?.step).toEqual({ do: 'go', place: { page: 'usage', item: 'budgets' } });
});

test('stopped, all off, all away: each says so', () => {
  const keys = (more: Partial<Snapshot>): string[] => attentionOf(standing(more), NOW).map(({ key }) => key);
  expect(keys({ link: { is: 'stopped' } })).toEqual(['stopped']);
  expect(keys({ accounts: [account('work', { enabled: false })] })).toEqual(['off']);
  expect(keys({ accounts: [account('work')], health: [refused] })).toEqual(['away', 'sign-in']);
});

test('the way in is shown until an account is there and was asked', () => {
  const request = { ...NEW_REQUEST, id: 'r', startedAt: NOW, client: 'Codex', key: 'k', requested: 'best' };
  expect(firstSteps(standing({ accounts: [], loaded: false }), null)).toBeUndefined();
  expect(firstSteps(standing({ accounts: [] }), null)?.map(({ isDone }) => isDone)).toEqual([false, false, false]);
  expect(firstSteps(standing(), null)?.map(({ isDone }) => isDone)).toEqual([true, false, false]);
  expect(firstSteps(standing({ requests: [request] }), null)).toBeUndefined();
});
