import { beforeEach, expect, test } from 'vitest';
import type { AccountView, QuotaView } from '../../../src/editor/admin/api.ts';
import { useLocale } from '../../../src/editor/format/index.ts';
import type { Window } from '../../../src/editor/views/quota/window-words.ts';
import { tightest } from '../../../webview/pages/overview/tight.ts';
import { budgetLines } from '../../../webview/pages/quota/budgets.ts';
import { quotaCards } from '../../../webview/pages/quota/cards.ts';
import { windowTone } from '../../../webview/shared/window-tone.ts';

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;
beforeEach(() => useLocale('en'));

function account(name: string, more: Partial<AccountView> = {}): AccountView {
  return { id: `id-${name}`, provider: 'groq', name, priority: 1, enabled: true, proxy: null, health: [], ...more };
}

function window(more: Partial<Window>): Window {
  return {
    id: 'day',
    label: 'Requests a day',
    model: null,
    usedPercent: 50,
    used: null,
    limit: null,
    remaining: null,
    unit: 'percent',
    resetsAt: NOW + 2 * HOUR,
    source: 'headers',
    at: NOW - 60_000,
    ageMs: 60_000,
    overage: false,
    notChat: false,
    forecast: null,
    ...more,
  };
}

function told(name: string, windows: Window[], more: Partial<QuotaView> = {}): QuotaView {
  return { account: `id-${name}`, plan: null, windows, at: NOW - 60_000, ageMs: 60_000, error: null, ...more };
}

test('what runs out first is on top; errors come before silence', () => {
  const accounts = ['silent', 'half', 'broken', 'full'].map((name) => account(name));
  const error = { message: 'HTTP 500', at: NOW - 120_000, ageMs: 120_000 };
  const quota = [told('half', [window({})]), told('full', [window({ usedPercent: 100 })]), told('broken', [], { error, at: null })];
  const cards = quotaCards([...accounts, account('demo', { provider: 'demo' })], quota, NOW);
  expect(cards.map((card) => card.account.name)).toEqual(['full', 'half', 'broken', 'silent']);
  expect(cards[2]).toMatchObject({ error: 'Could not be read 2 min ago: HTTP 500', silence: undefined });
  expect(cards[3]?.silence).toMatch(/^This provider has not told/);
});

test('an account that is off says why nothing is known', () => {
  expect(quotaCards([account('spare', { enabled: false })], [], NOW)[0]?.silence).toBe('The account is turned off: its quota is not read.');
});

test('a window in words: left, reset, forecast, pace, source and what else holds', () => {
  const forecast = { exhaustedAt: NOW + HOUR, pacePerHour: 4.25, lastsUntilReset: false };
  const full = window({ remaining: 380, limit: 1000, unit: 'requests', forecast, overage: true, notChat: true });
  expect(quotaCards([account('work')], [told('work', [full])], NOW)[0]?.windows[0]).toMatchObject({
    share: 0.5,
    used: '50 % used',
    left: '380 of 1,000 requests left',
    reset: 'resets in 2 h',
    pace: '4.3 % an hour',
    tone: 'warning',
    notes: ['from the provider’s answers', 'what goes beyond is billed, not refused', 'not about chat requests'],
  });
});

test('a window says its age where the card was read at another time', () => {
  const [card] = quotaCards([account('work')], [told('work', [window({ at: NOW - 2 * HOUR }), window({ id: 'new' })])], NOW);
  expect(card?.read).toBe('read 1 min ago');
  expect(card?.windows.map(({ notes }) => notes)).toEqual([['from the provider’s answers', '2 h ago'], ['from the provider’s answers']]);
});

test('without a share there is no bar, and nothing is made up', () => {
  const balance = window({ usedPercent: null, remaining: 12.5, unit: 'usd', resetsAt: null });
  const line = quotaCards([account('work')], [told('work', [balance])], NOW)[0]?.windows[0];
  expect(line).toMatchObject({
    share: undefined,
    used: '12.50 USD left',
    left: undefined,
    reset: undefined,
    resetsAt: undefined,
    forecast: undefined,
  });
});

test('tones: used up, nearly so, before its reset', () => {
  const ends = (exhaustedAt: number) => ({ exhaustedAt, pacePerHour: 1, lastsUntilReset: false });
  expect(windowTone(window({ usedPercent: 100 }))).toBe('bad');
  expect(windowTone(window({ usedPercent: 100, overage: true }))).toBe('warning');
  expect(windowTone(window({ usedPercent: 80 }))).toBe('warning');
  expect(windowTone(window({ forecast: ends(NOW + HOUR) }))).toBe('warning');
  expect(windowTone(window({ forecast: ends(NOW + 3 * HOUR) }))).toBe('neutral');
  expect(windowTone(window({ usedPercent: null }))).toBe('neutral');
});

test('the overview shows windows of chat that hold now, of accounts that are on', () => {
  const accounts = [account('work'), account('off', { enabled: false })];
  const windows = [
    window({ id: 'a', usedPercent: 10 }),
    window({ id: 'b', usedPercent: 90 }),
    window({ id: 'images', notChat: true }),
    window({ id: 'past', resetsAt: NOW - 1 }),
    window({ id: 'unknown', usedPercent: null }),
  ];
  const shown = tightest(accounts, [told('work', windows), told('off', [window({})])], NOW);
  expect(shown.map((entry) => entry.window.id)).toEqual(['b', 'a']);
});

test('budgets, the fullest first; one of nothing is full', () => {
  const budget = { period: 'day', mode: 'hard', resetsAt: NOW + HOUR, state: 'ok' } as const;
  const lines = budgetLines(
    [
      { ...budget, name: 'low', amounts: [{ unit: 'usd', limit: 10, used: 1 }], unpriced: 2 },
      { ...budget, name: 'none', amounts: [{ unit: 'requests', limit: 0, used: 0 }], state: 'reached' },
    ],
    NOW,
  );
  expect(lines.map(({ name, tone, amounts }) => [name, tone, amounts[0]?.share])).toEqual([
    ['none', 'bad', 1],
    ['low', 'neutral', 0.1],
  ]);
  expect(lines[1]?.unpriced).toBe('2 requests of unknown price are not in it.');
});
