import { beforeEach, expect, test } from 'vitest';
import type { AccountView, HealthEntry } from '../../../src/editor/admin/api.ts';
import { useLocale } from '../../../src/editor/format/index.ts';
import { emptyRow } from '../../../src/editor/live/today.ts';
import { ailments } from '../../../webview/pages/health/ailments.ts';
import { facts } from '../../../webview/pages/health/facts.ts';
import { latencyRows, sortedRows } from '../../../webview/pages/health/latency.ts';
import { loadRows } from '../../../webview/pages/health/load.ts';

const NOW = 1_790_000_000_000;
beforeEach(() => useLocale('en'));

const account: AccountView = { id: 'a1', provider: 'groq', name: 'work', priority: 1, enabled: true, proxy: null, health: [] };

function entry(more: Partial<HealthEntry>): HealthEntry {
  return { scope: 'account', id: 'a1', failures: 1, ...more };
}

test('what is not well by name, the longest first, each with what resets it alone', () => {
  const rate = { reason: 'rate', scope: 'account', until: NOW + 60_000, detail: '' } as const;
  const auth = { reason: 'auth', scope: 'account', detail: 'the provider said no' } as const;
  const list = ailments(
    [
      entry({ scope: 'provider', id: 'groq host:1', state: 'closed', failures: 2 }),
      entry({ model: 'big', scope: 'model', block: rate }),
      entry({ block: auth }),
    ],
    [account],
    NOW,
  );
  expect(list.map(({ name, scope, until, tone }) => ({ name, scope, until, tone }))).toEqual([
    { name: 'work', scope: { account: 'a1' }, until: undefined, tone: 'bad' },
    { name: 'work, big', scope: { account: 'a1', model: 'big' }, until: NOW + 60_000, tone: 'warning' },
    { name: 'groq host:1', scope: { provider: 'groq host:1' }, until: undefined, tone: 'neutral' },
  ]);
  expect(list[0]).toMatchObject({ words: 'sign-in needed', detail: 'the provider said no' });
  expect(list[2]).toMatchObject({ words: 'failed lately, and is still asked', failures: '2 failures in a row' });
});

test('a cool-down that is over says so, and a half-open breaker what happens next', () => {
  const over = { reason: 'rate', scope: 'account', until: NOW - 1, detail: '' } as const;
  expect(ailments([entry({ block: over })], [account], NOW)[0]).toMatchObject({ words: 'asked again from now on', until: undefined });
  const half = entry({ scope: 'provider', id: 'groq', state: 'half-open', block: { reason: 'breaker', scope: 'provider', detail: '' } });
  expect(ailments([half], [], NOW)[0]?.words).toBe('one request is let through to find out whether it is well again');
});

test('latency: requests that went nowhere are no row, and what is not known stands last either way', () => {
  const times = (p50: number) => ({ p50, p95: p50 * 2, p99: p50 * 3 });
  const rows = latencyRows([
    { ...emptyRow(['']), requests: 9 },
    { ...emptyRow(['slow']), requests: 1, totalMs: times(900) },
    { ...emptyRow(['none']), requests: 2, cancelled: 2 },
    { ...emptyRow(['quick']), requests: 3, totalMs: times(10) },
  ]);
  const names = (down: boolean): string[] => sortedRows(rows, 'total95', down).map(({ name }) => name);
  expect(names(true)).toEqual(['slow', 'quick', 'none']);
  expect(names(false)).toEqual(['quick', 'slow', 'none']);
  expect(sortedRows(rows, 'answered', true)[2]).toMatchObject({ name: 'none', answered: undefined });
});

test('accounts that are idle and without a limit are left out; the busy ones come first', () => {
  const idle = { account: 'a2', running: 0, waiting: 0, windows: [] };
  const limited = { account: 'a1', running: 0, waiting: 0, rpm: 600, windows: [] };
  const busy = {
    account: 'a3',
    running: 2,
    waiting: 1,
    windows: [{ window: 'requests', per: 'minute', limit: 30, remaining: 12, at: NOW }],
  };
  expect(loadRows([idle, limited, busy], [account])).toEqual([
    { account: 'a3', name: 'a3', running: 2, waiting: 1, limits: '', told: '12 of 30 requests a minute left' },
    { account: 'a1', name: 'work', running: 0, waiting: 0, limits: '600 requests a minute', told: '' },
  ]);
});

test('a limit is there before its account was asked for the first time; one that is off has none', () => {
  const limited = { ...account, limits: { rpm: 600 } };
  expect(loadRows([], [limited, { ...limited, id: 'a2', enabled: false }])).toMatchObject([
    { account: 'a1', limits: '600 requests a minute' },
  ]);
});

test('of a gateway that tells nothing of its process nothing is said', () => {
  expect(facts(undefined, { is: 'connecting' }, '1.0.0', NOW).map(({ value }) => value)).toEqual(Array(7).fill('–'));
});

test('a late event loop, another version and a port in place of another are seen', () => {
  const process = {
    startedAt: NOW - 3_600_000,
    uptimeMs: 3_600_000,
    memory: { rss: 150 * 1024 ** 2, heapUsed: 40 * 1024 ** 2, heapTotal: 60 * 1024 ** 2, external: 0 },
    eventLoopDelayMs: { p50: 1, p99: 240, max: 600 },
    requestsRunning: 3,
  };
  const link = { is: 'ready', owner: false, url: '', port: 20140, pid: 12345, instead: { wanted: 20128, by: undefined } } as const;
  const byId = new Map(
    facts({ health: [], limits: [], process, version: '0.9.0', pid: 1 }, link, '1.0.0', NOW).map((fact) => [fact.id, fact]),
  );
  expect(byId.get('uptime')).toMatchObject({ value: '1 h 0 min' });
  expect(byId.get('memory')).toMatchObject({ value: '150 MB', detail: '40 MB of 60 MB heap in use' });
  expect(byId.get('loop')).toMatchObject({ value: '240 ms', tone: 'warning' });
  expect(byId.get('version')).toMatchObject({ value: '0.9.0', detail: 'this window has 1.0.0' });
  expect(byId.get('port')).toMatchObject({ value: '20140', tone: 'warning', detail: 'in place of 20128, which is taken' });
  expect(byId.get('process')).toMatchObject({ value: '12345', detail: 'runs in another window' });
});
