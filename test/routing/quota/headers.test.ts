import { describe, expect, it } from 'vitest';
import { providerById } from '../../../src/providers/catalogue.ts';
import { readWindows } from '../../../src/routing/limits/headers.ts';
import { countedWindows, limitWindows } from '../../../src/routing/quota/other-windows.ts';
import { readPercentHeaders } from '../../../src/routing/quota/percent-headers.ts';
import { recordings } from '../../recordings.ts';
import { account, limitsWith } from '../limits/fixtures.ts';

const NOW = Date.parse('2026-11-22T19:30:00Z');
const SECONDS = NOW / 1000;

describe('anthropic-ratelimit-unified-*', () => {
  const unified = (fields: Record<string, string>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [`anthropic-ratelimit-unified-${name}`, value]));

  it('tells fractions, with the reset in epoch seconds', () => {
    const headers = unified({
      status: 'allowed',
      reset: String(SECONDS + 3600),
      '5h-status': 'allowed',
      '5h-reset': String(SECONDS + 3600),
      '5h-utilization': '0.42',
      '7d-status': 'allowed_warning',
      '7d-reset': String(SECONDS + 86_400),
      '7d-utilization': '0.07',
      'representative-claim': 'five_hour',
    });
    const common = { unit: 'percent', source: 'headers', at: NOW };
    expect(readPercentHeaders(headers, 'm', NOW)).toEqual([
      { id: '5h', label: '5 hours', usedPercent: 42, resetsAt: NOW + 3_600_000, ...common },
      { id: '7d', label: '7 days', usedPercent: 7, resetsAt: NOW + 86_400_000, ...common },
    ]);
  });

  it('what is rejected is used up, unless extra usage goes on', () => {
    const rejected = { '5h-status': 'rejected', '5h-utilization': '0.99', '5h-reset': String(SECONDS + 60) };
    expect(readPercentHeaders(unified(rejected), undefined, NOW)).toMatchObject([{ usedPercent: 100 }]);
    expect(readPercentHeaders(unified(rejected), undefined, NOW)[0]).not.toHaveProperty('overage');
    expect(readPercentHeaders(unified({ ...rejected, 'overage-status': 'allowed' }), undefined, NOW)).toMatchObject([{ overage: true }]);
  });

  it.each(['7d_oi', '7d-sonnet'])('%s holds for the model that answered', (claim) => {
    const headers = unified({ [`${claim}-utilization`]: '1' });
    expect(readPercentHeaders(headers, 'some-model', NOW)).toMatchObject([{ model: 'some-model', usedPercent: 100 }]);
    expect(readPercentHeaders(headers, undefined, NOW)).toEqual([]);
  });
});

describe('x-codex-*', () => {
  it('tells per cent of windows whose length is in minutes', () => {
    const headers = {
      'x-codex-primary-used-percent': '61',
      'x-codex-primary-window-minutes': '300',
      'x-codex-primary-reset-at': String(SECONDS + 1800),
      'x-codex-secondary-used-percent': '9.5',
      'x-codex-secondary-window-minutes': '10080',
      'x-codex-secondary-reset-after-seconds': '86400',
    };
    expect(readPercentHeaders(headers, undefined, NOW)).toMatchObject([
      { id: '5h', usedPercent: 61, resetsAt: NOW + 1_800_000 },
      { id: '7d', usedPercent: 9.5, resetsAt: NOW + 86_400_000 },
    ]);
  });

  it('without a length goes by its rank; with credits it may go on', () => {
    const headers = { 'x-codex-primary-used-percent': '100', 'x-codex-credits-has-credits': 'True' };
    expect(readPercentHeaders(headers, undefined, NOW)).toMatchObject([{ id: 'primary', usedPercent: 100, overage: true }]);
  });

  it("another family's holds for the model that answered", () => {
    const headers = { 'x-codex-bengalfox-primary-used-percent': '97', 'x-codex-bengalfox-primary-window-minutes': '300' };
    expect(readPercentHeaders(headers, 'm', NOW)).toMatchObject([{ id: '5h bengalfox', model: 'm', usedPercent: 97 }]);
  });
});

it.each(['', 'n/a', 'NaN', '-'])('a share of %j is none, not 0 %%', (value) => {
  const headers = { 'anthropic-ratelimit-unified-5h-utilization': value, 'x-codex-primary-used-percent': value };
  expect(readPercentHeaders(headers, 'm', NOW)).toEqual([]);
});

describe('windows of rate-limit headers', () => {
  const entry = (windows: Parameters<typeof limitWindows>[0]['windows']) => ({ account: 'a1', running: 0, waiting: 0, windows });

  it('of a day are quotas', () => {
    const told = { window: 'requests (gpt-5)', per: 'day', limit: 1000, remaining: 250, resetsAt: NOW + 3_600_000, at: NOW };
    expect(limitWindows(entry([told]), NOW)).toEqual([
      {
        id: 'requests/day',
        label: 'Requests a day',
        model: 'gpt-5',
        unit: 'requests',
        limit: 1000,
        used: 750,
        remaining: 250,
        usedPercent: 75,
        resetsAt: NOW + 3_600_000,
        source: 'headers',
        at: NOW,
      },
    ]);
  });

  it('that reset in more than ten minutes are quotas, shorter ones are not', () => {
    const told = { window: 'input-tokens', limit: 10, remaining: 5, at: NOW };
    const windows = [
      { ...told, resetsAt: NOW + 601_000 },
      { ...told, resetsAt: NOW + 600_000 },
      { ...told, per: 'minute' },
    ];
    expect(limitWindows(entry(windows), NOW)).toMatchObject([{ id: 'input-tokens', label: 'Input tokens', unit: 'tokens' }]);
  });

  it('that have reset since, or tell only the limit, are none', () => {
    expect(limitWindows(entry([{ window: 'requests', per: 'day', limit: 10, remaining: 5, resetsAt: NOW, at: NOW - 1 }]), NOW)).toEqual([]);
    expect(limitWindows(entry([{ window: 'requests', per: 'day', limit: 10, at: NOW }]), NOW)).toEqual([]);
  });

  it('what is left of an unknown limit is no share used', () => {
    const [window] = limitWindows(entry([{ window: 'requests', per: 'day', remaining: 5, at: NOW }]), NOW);
    expect(window).toMatchObject({ remaining: 5 });
    expect(window).not.toHaveProperty('usedPercent');
  });

  it.each(['anthropic', 'openai'])("of %s's recorded answers are a minute's, and none is a quota", (id) => {
    const provider = providerById(id) ?? { rateLimits: [] };
    const told = recordings(({ status }) => status === 200).flatMap(({ response: { headers } }) => {
      const windows = readWindows(provider, headers, NOW);
      // The recordings keep no date: an answer came shortly before its first reset, where that is told as a moment.
      const at = Math.min(NOW, ...windows.map(({ resetsAt = NOW }) => resetsAt));
      return windows.map((window) => ({ ...window, at }));
    });
    expect(told.length).toBeGreaterThan(5);
    for (const window of told) expect(limitWindows(entry([window]), window.at)).toEqual([]);
  });

  it('Cerebras tells of a day', () => {
    const limits = limitsWith();
    const headers = {
      'x-ratelimit-limit-requests-day': '14400',
      'x-ratelimit-remaining-requests-day': '7200',
      'x-ratelimit-reset-requests-day': '3600',
    };
    limits.learn(account({ provider: 'cerebras' }), headers, 'm');
    const [each] = limits.list();
    expect(each && limitWindows(each, Date.now())).toMatchObject([{ id: 'requests/day', usedPercent: 50, model: 'm' }]);
  });
});

describe('own counting', () => {
  const { config } = account();
  const budget = { period: 'day', mode: 'soft', resetsAt: NOW + 1000, state: 'ok' } as const;
  const requests = { unit: 'requests', limit: 1000, used: 0 } as const;

  it('goes by budgets of the account alone, by id or name', () => {
    for (const name of ['account a1, day', 'account Work, day']) {
      expect(countedWindows(config, [{ ...budget, name, amounts: [requests] }], NOW)).toEqual([
        {
          id: 'requests/day',
          label: 'Requests a day',
          unit: 'requests',
          limit: 1000,
          used: 0,
          remaining: 1000,
          usedPercent: 0,
          resetsAt: NOW + 1000,
          source: 'counted',
          at: NOW,
        },
      ]);
    }
  });

  it.each(['key k, account a1, day', 'account a2, day', 'account a1, month', 'everything, day', 'tier free, day'])(
    'not by "%s"',
    (name) => {
      expect(countedWindows(config, [{ ...budget, name, amounts: [requests] }], NOW)).toEqual([]);
    },
  );

  it('money is no quota', () => {
    const amounts = [{ unit: 'usd', limit: 5, used: 1 } as const];
    expect(countedWindows(config, [{ ...budget, name: 'account a1, day', amounts }], NOW)).toEqual([]);
  });
});
