import { describe, expect, it } from 'vitest';
import type { BudgetEntry } from '../../../src/editor/admin/api.ts';
import { contextValues } from '../../../src/editor/views/context-values.ts';
import { quotaNodes } from '../../../src/editor/views/quota/nodes.ts';
import { textBar } from '../../../src/editor/views/quota/text-bar.ts';
import { requestNodes } from '../../../src/editor/views/requests/nodes.ts';
import { account, HOUR, MINUTE, NOON, quota, request, snapshot } from '../snapshots.ts';

const accounts = [account('a'), account('b'), account('c'), account('d')];
const quotas = (change: Parameters<typeof snapshot>[0]) => quotaNodes(snapshot({ accounts, ...change }), NOON, () => undefined);

describe('the quota tree', () => {
  it('has on top what runs out first: used up, then by forecast, then by fullness, the unknown last', () => {
    const soon = { exhaustedAt: NOON + HOUR, pacePerHour: 10, lastsUntilReset: false };
    const found = quotas({
      quota: [
        quota('a', {}),
        quota('b', { usedPercent: 90 }),
        quota('c', { usedPercent: 40, forecast: soon }),
        quota('d', { usedPercent: 100 }),
      ],
    });
    expect(found.map(({ label }) => label)).toEqual(['d', 'c', 'b', 'a']);
  });

  it('a window tells what is used, when it resets, and whether it lasts', () => {
    const forecast = { exhaustedAt: NOON + 280 * MINUTE, pacePerHour: 10, lastsUntilReset: false };
    const [holder] = quotas({ quota: [quota('a', { usedPercent: 62, resetsAt: NOON + 5 * HOUR, forecast })] });
    expect(holder?.description).toBe('at this pace used up at 16:40, before the reset');
    expect(holder?.children?.[0]).toMatchObject({
      description: '▰▰▰▰▰▱▱▱ 62 % used · resets in 5 h',
      spoken: '5 hours, 62 % used, resets in 5 h, at this pace used up at 16:40, before the reset',
    });
  });

  it('what is not known is said to be, never shown as nothing used', () => {
    const [holder] = quotas({ quota: [quota('a', { resetsAt: null })] });
    expect(holder?.children?.[0]).toMatchObject({ description: 'use not known', icon: { id: 'question' } });
  });

  it('a balance shows its rest; a window that has been reset since says so', () => {
    const [holder] = quotas({ quota: [quota('a', { remaining: 4.5, unit: 'usd', resetsAt: null })] });
    expect(holder?.children?.[0]?.description).toBe('4.50 USD left');
    const [reset] = quotas({ quota: [quota('a', { usedPercent: 100, resetsAt: NOON - 1 })] });
    expect(reset?.children?.[0]?.description).toContain('has been reset');
  });

  it('an account whose quota could not be read is there with the reason and its age', () => {
    const error = { message: 'HTTP 500', at: NOON - 5 * MINUTE, ageMs: 0 };
    const [holder] = quotas({ quota: [{ ...quota('a'), error }] });
    expect(holder?.description).toBe('could not be read 5 min ago');
    expect(holder?.tooltip).toContain('HTTP 500');
  });

  it('budgets stand below as a group with their amounts, fullest first', () => {
    const budget = (name: string, used: number, state: BudgetEntry['state']): BudgetEntry => ({
      name,
      period: 'day',
      mode: 'hard',
      resetsAt: NOON + HOUR,
      amounts: [{ unit: 'usd', limit: 5, used }],
      state,
    });
    const group = quotas({
      quota: [quota('a', { usedPercent: 1 })],
      budgets: [budget('x, day', 1.27, 'ok'), budget('y, day', 5, 'reached')],
    }).at(-1);
    expect(group?.label).toBe('Budgets');
    expect(group?.children?.map(({ description }) => description)).toEqual([
      '▰▰▰▰▰▰▰▰ $5.00 of $5.00 (100 %) · begins anew in 1 h',
      '▰▰▱▱▱▱▱▱ $1.27 of $5.00 (25 %) · begins anew in 1 h',
    ]);
  });

  it('the bar is full only when all is used', () => {
    expect([0, 0.5, 99.6, 100, 140].map(textBar)).toEqual(['▱▱▱▱▱▱▱▱', '▰▱▱▱▱▱▱▱', '▰▰▰▰▰▰▰▱', '▰▰▰▰▰▰▰▰', '▰▰▰▰▰▰▰▰']);
  });
});

describe('the requests tree', () => {
  const nodes = (...requests: ReturnType<typeof request>[]) => requestNodes(snapshot({ requests }), NOON);

  it('has those under way on top, then the newest, 200 at most', () => {
    const many = Array.from({ length: 250 }, (_, index) => request(`r${index}`, { state: index === 240 ? 'streaming' : 'done' }));
    const found = nodes(...many);
    expect([found.length, found[0]?.id, found[1]?.id]).toEqual([200, 'request:r240', 'request:r0']);
    expect(found[0]?.icon).toEqual({ id: 'loading~spin' });
  });

  it('tells time, tokens, cost and by which attempt', () => {
    const failed = { target: 'x/y', account: 'x', class: 'rate', status: 429, ms: 120 } as const;
    const [node] = nodes(
      request('r', { totalMs: 1234, usage: { input: 1204, output: 85 }, usd: 0.0031, fallback: true, attempts: [failed] }),
    );
    expect(node).toMatchObject({
      label: 'best → groq/llama',
      description: '1.2 s · 1,204 ↑ 85 ↓ · $0.0031 · via 2nd',
      contextValue: 'request.done',
    });
    expect(node?.tooltip).toContain('1. x/y \\(x\\): too many requests \\(status 429\\) after 120 ms');
    const answered = { target: 'groq/llama', account: 'groq', ms: 900 };
    expect(nodes(request('r', { fallback: true, attempts: [failed, answered] }))[0]?.description).toBe('via 2nd');
  });

  it('unknown tokens and cost are left out, a failure names its reason', () => {
    const [node] = nodes(request('r', { state: 'failed', error: 'quota', totalMs: 800, target: undefined }));
    expect(node).toMatchObject({ label: 'best', description: 'quota used up · 800 ms' });
    expect(nodes(request('r', { usage: { output: 5 } }))[0]?.description).toBe('5 ↓');
  });

  it('each state has a shape of its own', () => {
    const states = [
      request('1', { state: 'running' }),
      request('2'),
      request('3', { fallback: true }),
      request('4', { state: 'failed' }),
      request('5', { state: 'cancelled' }),
    ];
    expect(new Set(nodes(...states).map(({ icon }) => icon?.id)).size).toBe(5);
  });
});

describe('the keys of when clauses', () => {
  it('say nothing is empty before anything is known, and the demo is no account', () => {
    expect(contextValues(snapshot({ loaded: false, accounts: [] }), false)).toMatchObject({
      'omniroute.hasAccounts': true,
      'omniroute.hasRequests': true,
    });
    expect(contextValues(snapshot({ accounts: [account('demo')] }), true)).toEqual({
      'omniroute.gateway': 'ready',
      'omniroute.hasAccounts': false,
      'omniroute.hasCombos': false,
      'omniroute.hasQuota': false,
      'omniroute.hasRequests': false,
      'omniroute.bridgeOn': true,
    });
  });

  it('the quota view is empty exactly when its key says so', () => {
    for (const list of [[], [quota('a')], [quota('a', {})], [quota('gone', {})]]) {
      const scene = snapshot({ accounts, quota: list });
      expect(contextValues(scene, false)['omniroute.hasQuota']).toBe(quotaNodes(scene, NOON, () => undefined).length > 0);
    }
  });
});
