import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readQuotaBody } from '../../../src/accounts/quota/forms/index.ts';
import type { QuotaReading } from '../../../src/accounts/quota/types.ts';
import { providerById, providers } from '../../../src/providers/catalogue.ts';
import type { QuotaReader } from '../../../src/providers/provider.ts';

/** A Sunday. */
const NOW = Date.parse('2026-11-22T19:30:00Z');

/** The body as the provider of this id would be read. */
function read(id: string, body: unknown): QuotaReading {
  const reader = providerById(id)?.quota;
  if (!reader) throw new Error(`${id} has no reader`);
  return readQuotaBody(reader, body, NOW);
}

describe('balances', () => {
  it.each([
    // platform.moonshot.ai/docs/api/balance
    ['moonshot', { code: 0, data: { available_balance: 49.58894, voucher_balance: 46.58893, cash_balance: 3.00001 } }, 49.58894, 'usd'],
    ['moonshot-cn', { code: 0, data: { available_balance: -1.5 } }, -1.5, 'CNY'],
    // docs.siliconflow.com, Get user info: amounts are strings, and `balance` is what was granted alone.
    ['siliconflow', { data: { balance: '0.88', chargeBalance: '88.00', totalBalance: '88.88' } }, 88.88, 'usd'],
    ['siliconflow-cn', { data: { totalBalance: '0' } }, 0, 'CNY'],
    // vercel.com/docs/ai-gateway/usage
    ['vercel-ai-gateway', { balance: '95.50', total_used: '4.50' }, 95.5, 'usd'],
    // creator.poe.com/api-reference/getCurrentBalance
    ['poe', { current_point_balance: 1500 }, 1500, 'credits'],
    // novita.ai/docs/api-reference/basic-get-user-balance: ten-thousandths of a dollar
    ['novita', { availableBalance: '1000000', cashBalance: '800000' }, 100, 'usd'],
  ])('%s tells what remains, and nobody knows of how much', (id, body, remaining, unit) => {
    expect(read(id, body).windows).toEqual([{ id: 'balance', label: 'Balance', unit, remaining }]);
  });

  it('DeepSeek has one for each currency (api-docs.deepseek.com/api/get-user-balance)', () => {
    const info = (currency: string, total: string) => ({
      currency,
      total_balance: total,
      granted_balance: '10.00',
      topped_up_balance: '1',
    });
    const body = { is_available: true, balance_infos: [info('CNY', '110.00'), info('USD', '2.5')] };
    expect(read('deepseek', body).windows).toEqual([
      { id: 'balance', label: 'Balance', unit: 'CNY', remaining: 110 },
      { id: 'balance USD', label: 'Balance', unit: 'usd', remaining: 2.5 },
    ]);
  });
});

describe('OpenRouter (openrouter.ai/docs/api-reference/limits)', () => {
  const key = { limit: 100, limit_remaining: 74.5, limit_reset: 'monthly', usage: 25.5, usage_monthly: 25.5, is_free_tier: false };

  it.each([
    ['daily', 'day', '2026-11-23T00:00:00Z'],
    ['weekly', '7d', '2026-11-23T00:00:00Z'],
    ['monthly', 'month', '2026-12-01T00:00:00Z'],
  ])('a limit that resets %s ends at midnight UTC', (limit_reset, id, resets) => {
    const [window] = read('openrouter', { data: { ...key, limit_reset } }).windows;
    expect(window).toMatchObject({
      id,
      limit: 100,
      used: 25.5,
      remaining: 74.5,
      usedPercent: 25.5,
      unit: 'usd',
      resetsAt: Date.parse(resets),
    });
  });

  it('a limit that never resets has no end', () => {
    const [window] = read('openrouter', { data: { ...key, limit_reset: null } }).windows;
    expect(window).toEqual({ id: 'key', label: 'Key limit', limit: 100, used: 25.5, remaining: 74.5, usedPercent: 25.5, unit: 'usd' });
  });

  it('a key without a limit has no share used', () => {
    const { windows } = read('openrouter', { data: { ...key, limit: null, limit_remaining: null, limit_reset: null } });
    expect(windows).toEqual([{ id: 'spent/month', label: 'Spent this month', used: 25.5, unit: 'usd' }]);
  });

  it('the free models have a window of their own', () => {
    const free_model_daily_requests = { used: 20, limit: 50, remaining: 30 };
    const reading = read('openrouter', { data: { ...key, is_free_tier: true, free_model_daily_requests } });
    expect(reading.plan).toBe('free');
    expect(reading.windows[1]).toMatchObject({
      model: '*:free',
      usedPercent: 40,
      remaining: 30,
      resetsAt: Date.parse('2026-11-23T00:00:00Z'),
    });
  });
});

describe('Z.ai plan (jukanntenn/glm-plan-usage docs/api-research.md)', () => {
  const tokens = { type: 'TOKENS_LIMIT', unit: 3, number: 5, percentage: 1, nextResetTime: NOW + 3_600_000 };
  const tools = {
    type: 'TIME_LIMIT',
    unit: 5,
    number: 1,
    usage: 100,
    currentValue: 28,
    remaining: 72,
    percentage: 28,
    nextResetTime: NOW + 86_400_000,
    usageDetails: [{ modelCode: 'search-prime', usage: 67 }],
  };

  it('1 is one per cent, `usage` is the limit, and tool calls do not count against chat', () => {
    const weekly = { type: 'CREDIT_LIMIT', unit: 6, number: 1, percentage: 59 };
    expect(read('glm', { code: 200, success: true, data: { limits: [tools, tokens, weekly], level: 'lite' } })).toEqual({
      plan: 'lite',
      windows: [
        {
          id: 'tools/month',
          label: 'Tool calls a month',
          unit: 'requests',
          usedPercent: 28,
          used: 28,
          limit: 100,
          remaining: 72,
          resetsAt: NOW + 86_400_000,
          notChat: true,
        },
        { id: '5h', label: '5 hours', unit: 'percent', usedPercent: 1, resetsAt: NOW + 3_600_000 },
        { id: '7d', label: '7 days', unit: 'percent', usedPercent: 59 },
      ],
    });
  });

  it('seven days of one are the same window, and an unknown unit is no hour', () => {
    const ids = read('glm', {
      data: {
        limits: [
          { ...tokens, unit: 4, number: 7 },
          { ...tokens, unit: 9 },
        ],
      },
    }).windows.map(({ id }) => id);
    expect(ids).toEqual(['7d', 'plan']);
  });

  it('a refusal with status 200 is one', () => {
    expect(read('glm-cn', { code: 401, msg: 'token expired', success: false })).toEqual({ windows: [], refusal: 'token expired' });
  });
});

describe('MiniMax plan', () => {
  const start = NOW - 3_600_000;
  const general = {
    model_name: 'general',
    start_time: start,
    end_time: start + 5 * 3_600_000,
    current_interval_status: 1,
    current_interval_total_count: 0,
    current_interval_usage_count: 0,
    current_interval_remaining_percent: 92,
    current_weekly_status: 1,
    current_weekly_remaining_percent: 98,
    weekly_end_time: NOW + 5 * 86_400_000,
  };
  const body = (...model_remains: unknown[]) => ({ base_resp: { status_code: 0, status_msg: 'success' }, model_remains });

  it('per cent are what remains (rygel/AIUsageTracker pull 613)', () => {
    expect(read('minimax', body(general)).windows).toEqual([
      { id: '5h', label: '5 hours', unit: 'percent', usedPercent: 8, resetsAt: general.end_time, overage: true },
      { id: '7d', label: '7 days', unit: 'percent', usedPercent: 2, resetsAt: general.weekly_end_time, overage: true },
    ]);
  });

  it('a week without a limit is no week used up', () => {
    const old = { ...general, current_weekly_status: 3, current_weekly_remaining_percent: 0 };
    expect(read('minimax-cn', body(old)).windows.map(({ id }) => id)).toEqual(['5h']);
  });

  it('used up is said by the status where no per cent are', () => {
    const { current_interval_remaining_percent, ...spent } = { ...general, current_interval_status: 2 };
    expect(read('minimax', body(spent)).windows[0]).toMatchObject({ usedPercent: 100 });
  });

  it('videos do not count against chat', () => {
    const [window] = read('minimax', body({ ...general, model_name: 'video' })).windows;
    expect(window).toMatchObject({ id: '5h video', notChat: true });
  });

  // MiniMax-AI/MiniMax-M2 issue 99
  const counts = { model_name: 'MiniMax-M2.5', current_interval_total_count: 1500, current_interval_usage_count: 1200, end_time: NOW + 1 };

  it('on the coding_plan URL usage_count is what remains', () => {
    const reader: QuotaReader = { form: 'minimax', url: 'https://h/v1/api/openplatform/coding_plan/remains', usageCount: 'remaining' };
    const [window] = readQuotaBody(reader, body(counts), NOW).windows;
    expect(window).toMatchObject({ model: 'MiniMax-M2.5', limit: 1500, used: 300, remaining: 1200, usedPercent: 20, unit: 'requests' });
  });

  it('where nobody knows what usage_count means, it says nothing', () => {
    expect(read('minimax', body(counts)).windows).toEqual([]);
  });

  it('a refusal with status 200 is one', () => {
    const refused = { base_resp: { status_code: 1004, status_msg: 'cookie is missing, log in again' } };
    expect(read('minimax', refused)).toEqual({ windows: [], refusal: 'cookie is missing, log in again' });
  });
});

describe('Kimi Code', () => {
  it('counts are strings, `used` may be absent, units are enums (getpaseo/paseo issue 3024)', () => {
    const body = {
      user: { membership: { level: 'LEVEL_INTERMEDIATE' } },
      usage: { limit: '100', remaining: '74', resetTime: '2026-11-25T15:53:05.519605Z' },
      limits: [{ window: { duration: 300, timeUnit: 'TIME_UNIT_MINUTE' }, detail: { limit: '100', used: '27', remaining: '73' } }],
      parallel: { limit: '30' },
      totalQuota: {},
    };
    expect(read('kimi-coding-apikey', body)).toEqual({
      plan: 'LEVEL_INTERMEDIATE',
      windows: [
        { id: '5h', label: '5 hours', unit: 'requests', usedPercent: 27, used: 27, limit: 100, remaining: 73, overage: true },
        {
          id: 'plan',
          label: 'Plan',
          unit: 'requests',
          usedPercent: 26,
          used: 26,
          limit: 100,
          remaining: 74,
          resetsAt: Date.parse('2026-11-25T15:53:05.519Z'),
          overage: true,
        },
      ],
    });
  });

  it('pools are ratios, and the one told twice is the one with counts (Javis603/token-monitor issue 696)', () => {
    const { windows } = read('kimi-coding-apikey', {
      limits: [{ window: { duration: 300, timeUnit: 'MINUTE' }, detail: { limit: '100', remaining: '100' } }],
      usages: {
        limit_5h: { used_ratio: 0.01, reset_time: '2026-11-22T21:00:00Z' },
        limit_month_total: { used_ratio: 0.0338, reset_time: '2026-12-15T07:49:10Z' },
        limit_month_code: { used_ratio: 0 },
        limit_else: { used_ratio: 1 },
      },
    });
    expect(windows.map(({ id, usedPercent }) => [id, usedPercent])).toEqual([
      ['5h', 0],
      ['month', 3.38],
      ['month code', 0],
    ]);
  });
});

it('OpenCode Go: whole per cent (getpaseo/paseo issue 4779)', () => {
  const usage = {
    rolling: { status: 'ok', percent: 1, resetsAt: '2026-11-22T20:42:47.510Z' },
    weekly: { status: 'ok', percent: 39, resetsAt: '2026-11-23T00:00:00.510Z' },
    monthly: { status: 'rate-limited' },
  };
  expect(read('opencode-go', { usage }).windows).toEqual([
    { id: '5h', label: '5 hours', unit: 'percent', usedPercent: 1, resetsAt: Date.parse(usage.rolling.resetsAt), overage: true },
    { id: '7d', label: '7 days', unit: 'percent', usedPercent: 39, resetsAt: Date.parse(usage.weekly.resetsAt), overage: true },
    { id: 'month', label: 'Month', unit: 'percent', usedPercent: 100, overage: true },
  ]);
});

describe('NanoGPT', () => {
  it('a day and a month, with a fraction used (docs.nano-gpt.com, Subscription Usage)', () => {
    const { plan, windows } = read('nanogpt', {
      active: true,
      limits: { daily: 5000, monthly: 60000 },
      daily: { used: 5, remaining: 4995, percentUsed: 0.001, resetAt: NOW + 1000 },
      monthly: { used: 45, remaining: 59955, percentUsed: 0.00075, resetAt: NOW + 2000 },
      state: 'active',
    });
    expect(plan).toBe('active');
    expect(windows).toMatchObject([
      { id: 'requests/day', usedPercent: 0.1, limit: 5000, resetsAt: NOW + 1000 },
      { id: 'month', usedPercent: 0.075, limit: 60000 },
    ]);
  });

  it('newer plans count input tokens; a limit that is null is none', () => {
    const { windows } = read('nanogpt', {
      active: true,
      limits: { weeklyInputTokens: 60000000, dailyInputTokens: null, dailyImages: 100 },
      weeklyInputTokens: { used: 59650170, remaining: 349830, percentUsed: 0.9941695 },
      dailyInputTokens: null,
      dailyImages: { used: 0, remaining: 100, percentUsed: 0 },
    });
    expect(windows).toMatchObject([
      { id: '7d', usedPercent: 99.41695, unit: 'tokens' },
      { id: 'images/day', notChat: true },
    ]);
    expect(windows).toHaveLength(2);
  });

  it('a fraction alone is read as one', () => {
    expect(read('nanogpt', { daily: { percentUsed: 0.5 } }).windows[0]).toMatchObject({ usedPercent: 50 });
  });

  it('without a subscription there are no windows', () => {
    expect(read('nanogpt', { active: false, daily: { used: 0, remaining: 0 } })).toEqual({ plan: 'inactive', windows: [] });
  });
});

it('Crof: requests left today, of how many is told only sometimes', () => {
  expect(read('crof', { credits: 12.3456, usable_requests: 450 }).windows).toMatchObject([
    { remaining: 450 },
    { remaining: 12.3456, unit: 'usd' },
  ]);
  expect(read('crof', { credits: 0, usable_requests: 450 }).windows[0]).not.toHaveProperty('usedPercent');
  expect(read('crof', { usable_requests: 450, requests_plan: 500 }).windows[0]).toMatchObject({ usedPercent: 10 });
  expect(read('crof', { credits: 1, usable_requests: null }).windows).toHaveLength(1);
});

const readers = providers.flatMap(({ id, quota }) => (quota ? [[id, quota] as const] : []));

describe.each(readers)('%s', (_id, reader) => {
  it('is read over https', () => {
    expect(reader.url).toMatch(/^https:\/\//);
  });

  it('takes any body, and what is unknown is never 0 %', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        for (const window of readQuotaBody(reader, body, NOW).windows) expect(window.usedPercent).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it('leaves out windows whose figures are of another type, and keeps their fellows', () => {
    const odd = fc.constantFrom(null, '', 'n/a', {}, [], true, Number.NaN, 'Infinity');
    const names = [
      'limit',
      'used',
      'remaining',
      'percentage',
      'percent',
      'used_ratio',
      'current_interval_remaining_percent',
      'usage',
      'percentUsed',
    ];
    const told = fc.dictionary(fc.constantFrom(...names, 'type', 'model_name', 'unit', 'number'), odd, { noNullPrototype: true });
    const wrapped = fc.tuple(told, told).map(([a, b]) => ({
      ...a,
      data: { ...a, limits: [a, null, { ...b, type: 'TOKENS_LIMIT' }], free_model_daily_requests: b },
      usage: { ...b, rolling: a, weekly: b },
      limits: [{ window: { duration: 300, timeUnit: 'TIME_UNIT_MINUTE' }, detail: a }],
      usages: { limit_5h: a },
      model_remains: [{ ...a, model_name: 'general' }, b],
      daily: a,
      monthly: b,
    }));
    fc.assert(
      fc.property(wrapped, (body) => {
        expect(readQuotaBody(reader, body, NOW).windows).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
