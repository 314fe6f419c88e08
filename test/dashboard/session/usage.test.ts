import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UsageRow } from '../../../src/editor/admin/api.ts';
import type { UsageAsked, UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { amountOf, lackingIn, MEASURES } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { GROUPINGS, NAMED_RANGES, usageRange } from '../../../src/editor/dashboard/contract/usage/range.ts';
import { usageHandlers } from '../../../src/editor/dashboard/session/calls/usage.ts';
import { spanOf } from '../../../src/editor/dashboard/session/usage/span.ts';
import { usageView } from '../../../src/editor/dashboard/session/usage/view.ts';
import type { RequestRecord } from '../../../src/ledger/record.ts';
import { requestFields } from '../../../webview/pages/usage/export.ts';
import { type DashboardHouse, dashboardHouse } from '../house.ts';

const ALL: UsageAsked = { range: '30d', by: 'model', of: 'cost', where: {} };
const never = new AbortController().signal;

describe('usage of a range', () => {
  let house: DashboardHouse;
  let view: (asked?: Partial<UsageAsked>) => Promise<UsageView>;
  let pages: (where: UsageAsked['where'], range: { since: number; until: number }) => Promise<RequestRecord[]>;
  let since = 0;

  beforeAll(async () => {
    house = await dashboardHouse({ records: 3000, days: 60 });
    const handlers = usageHandlers(house.deps);
    view = (asked) => handlers.usageView({ ...ALL, ...asked }, never);
    pages = async (where, { since: from, until }) => {
      const all: RequestRecord[] = [];
      for (;;) {
        const oldest = all[0]?.id;
        const page = await handlers.usageRequests({ since: from, until, where, ...(oldest ? { before: oldest } : {}) }, never);
        if (page.length === 0) return all;
        all.unshift(...page);
      }
    };
    since = Date.now();
  });
  afterAll(async () => {
    await house.close();
  });

  it('adds up: groups, chart and total are what the gateway says, for every range, dimension and measure', async () => {
    for (const [at, range] of NAMED_RANGES.entries()) {
      for (const [turn, by] of GROUPINGS.entries()) {
        const of = MEASURES[(at * GROUPINGS.length + turn) % MEASURES.length] ?? 'cost';
        const shown = await view({ range, by, of });
        const [gateway] = await house.admin.usage({ since: String(shown.since), until: String(shown.until) });
        expect(shown.total[0], `${range} ${by}`).toEqual(gateway);
        if (gateway) agree(shown, gateway);
      }
    }
  });

  it('adds up with filters drawn at random', async () => {
    const draw = random(7);
    for (let turn = 0; turn < 40; turn += 1) {
      const where = await someFilter(house, draw);
      const shown = await view({
        range: pick(NAMED_RANGES, draw),
        by: pick(GROUPINGS, draw),
        of: pick(MEASURES, draw),
        where,
      });
      const records = await pages(where, shown);
      expect(shown.total[0]?.requests, JSON.stringify(where)).toBe(records.length);
      expect(shown.total[0]?.inputTokens ?? 0).toBe(sumOf(records, ({ input }) => input));
      expect(shown.total[0]?.outputTokens ?? 0).toBe(sumOf(records, ({ output }) => output));
      if (shown.total[0]) agree(shown, shown.total[0]);
      const rows = records.map(requestFields);
      for (const of of ['cost', 'saved'] as const) {
        const written = rows.reduce((sum, row) => sum + Number(row[of] ?? 0), 0);
        expect(written).toBeCloseTo(shown.total[0]?.[of] ?? 0, 9);
      }
    }
  });

  it('is of one moment while requests come in', async () => {
    const asking = Array.from({ length: 40 }, () => house.ask('groq/scripted-model'));
    for (let turn = 0; turn < 8; turn += 1) {
      const shown = await view({ range: 'today', of: 'tokens' });
      if (shown.total[0]) agree(shown, shown.total[0]);
    }
    await Promise.all(asking);
  });

  it('holds the days of the range, with 0 where nothing was asked and nothing where a day is ahead', async () => {
    const now = new Date(since);
    const shown = await view({ range: 'month', of: 'requests' });
    const days = new Date(now.getFullYear(), now.getMonth() + 1, 0).getDate();
    expect(shown.slots).toHaveLength(days);
    expect(shown.slots.filter(({ ahead }) => ahead)).toHaveLength(days - now.getDate());
    for (const { values } of shown.chart) {
      expect(values.slice(0, now.getDate()).every((value) => value !== null)).toBe(true);
      expect(values.slice(now.getDate()).every((value) => value === null)).toBe(true);
    }
  });

  it('compares with the range before', async () => {
    const shown = await view({ range: 'lastMonth' });
    const monthBefore = new Date(new Date(since).getFullYear(), new Date(since).getMonth() - 2, 1).getTime();
    expect(shown.before).toEqual(await house.admin.usage({ since: String(monthBefore), until: String(shown.since) }));
  });

  it('says why nothing is there', async () => {
    expect((await view({ range: { from: '2020-01-01', to: '2020-01-02' } })).empty).toBe('range');
    expect((await view({ where: { client: 'nobody' } })).empty).toBe('filters');
    expect((await view()).empty).toBeUndefined();
  });

  it('names providers as people know them', async () => {
    const { names, groups } = await view({ by: 'provider', where: { provider: 'groq' } });
    expect(groups.map(({ by }) => by[0])).toEqual(['groq']);
    expect(names).toEqual({ groq: 'Groq' });
  });

  it('gives the single requests, each once, whatever comes in meanwhile', async () => {
    const whole = await view({ range: '90d' });
    await house.ask('groq/scripted-model');
    const records = await pages({}, whole);
    expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
    expect(records.length).toBe((whole.total[0]?.requests ?? 0) + 1);
    expect(records).toEqual([...records].sort((a, b) => a.at - b.at));
  });

  it('falls back to the day where hours are kept no more, and takes the parts for the whole in the end', async () => {
    const past = { from: '2026-01-05', to: '2026-01-05' };
    const row = { ...(await view()).total[0], by: [] } as UsageRow;
    const rolledUp = {
      usage: async ({ by = '' }: Record<string, string>) =>
        by.startsWith('hour') ? [] : [{ ...row, by: by.split(',').map(() => '2026-01-05') }],
    };
    const shown = await usageView(rolledUp, { ...ALL, range: past, of: 'requests' }, never, Date.now());
    expect(shown).toMatchObject({ unit: 'day', slots: [{ label: '2026-01-05' }], chart: [{ values: [row.requests] }] });
    const askew = { usage: async ({ by = '' }: Record<string, string>) => [{ ...row, by: by ? ['x', 'y'] : [], requests: by ? 5 : 6 }] };
    expect((await usageView(askew, ALL, never, Date.now())).total[0]?.requests).toBe(5);
  });
});

it('has nothing of a new user', async () => {
  const fresh = await dashboardHouse({ fresh: true });
  const shown = await usageHandlers(fresh.deps).usageView(ALL, never);
  expect(shown).toMatchObject({ empty: 'ever', groups: [], chart: [] });
  await fresh.close();
});

describe('days and hours', () => {
  const zone = process.env.TZ;
  const at = (text: string): number => new Date(text).getTime();
  beforeAll(() => {
    process.env.TZ = 'America/New_York';
  });
  afterAll(() => {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  });

  it('have 23 and 24 names where clocks change, the hour that comes twice is one', () => {
    const spring = spanOf({ from: '2026-03-08', to: '2026-03-08' }, at('2026-04-01T12:00'));
    expect((spring.until - spring.since) / 3_600_000).toBe(23);
    expect(spring.slots.map(({ label }) => label)).not.toContain('2026-03-08T02');
    expect(spring.slots).toHaveLength(23);
    const autumn = spanOf({ from: '2026-11-01', to: '2026-11-01' }, at('2026-11-20T12:00'));
    expect((autumn.until - autumn.since) / 3_600_000).toBe(25);
    expect(autumn.slots).toHaveLength(24);
    expect(spanOf('30d', at('2026-03-20T12:00')).slots).toHaveLength(30);
    expect(new Set(spanOf('90d', at('2026-11-20T12:00')).slots.map(({ label }) => label)).size).toBe(90);
  });

  it('compare today with yesterday up to this time of day, across a change of clocks too', () => {
    const { since, before } = spanOf('today', at('2026-03-09T10:30'));
    expect(since).toBe(at('2026-03-09T00:00'));
    expect(before).toEqual({ since: at('2026-03-08T00:00'), until: at('2026-03-08T10:30') });
  });

  it('compare a month with the one before as far as it has come, and no farther than that one went', () => {
    expect(spanOf('month', at('2026-03-31T10:00')).before).toEqual({ since: at('2026-02-01T00:00'), until: at('2026-03-01T00:00') });
    expect(spanOf('month', at('2026-05-10T10:00')).before).toEqual({ since: at('2026-04-01T00:00'), until: at('2026-04-10T10:00') });
    expect(spanOf('lastMonth', at('2026-01-10T10:00'))).toMatchObject({
      since: at('2025-12-01T00:00'),
      until: at('2026-01-01T00:00'),
      before: { since: at('2025-11-01T00:00'), until: at('2025-12-01T00:00') },
    });
  });

  it('of an own range are whole, however it lies', () => {
    const over = spanOf({ from: '2026-05-01', to: '2026-05-03' }, at('2026-05-10T10:00'));
    expect(over).toMatchObject({
      since: at('2026-05-01T00:00'),
      until: at('2026-05-04T00:00'),
      before: { since: at('2026-04-28T00:00'), until: at('2026-05-01T00:00') },
    });
    const ahead = spanOf({ from: '2026-06-01', to: '2026-06-03' }, at('2026-05-10T10:00'));
    expect(ahead.slots.every((slot) => slot.ahead)).toBe(true);
    expect(ahead.before.until).toBeGreaterThanOrEqual(ahead.before.since);
  });

  it('must be days there are, in their order, and not too many', () => {
    expect(usageRange.safeParse({ from: '2026-02-30', to: '2026-03-01' }).success).toBe(false);
    expect(usageRange.safeParse({ from: '2026-03-02', to: '2026-03-01' }).success).toBe(false);
    expect(usageRange.safeParse({ from: '2020-01-01', to: '2026-03-01' }).success).toBe(false);
    expect(usageRange.safeParse({ from: '2026-02-28', to: '2026-03-01' }).success).toBe(true);
  });
});

function agree({ groups, chart, asked: { of } }: UsageView, total: UsageRow): void {
  for (const name of ['requests', 'failed', 'cancelled', 'unpriced', 'unknownUsage', 'fallbacks'] as const) {
    expect(groups.reduce((sum, row) => sum + row[name], 0)).toBe(total[name]);
  }
  const drawn = chart.flatMap(({ values }) => values).reduce<number>((sum, value) => sum + (value ?? 0), 0);
  expect(drawn).toBeCloseTo(amountOf(total, of) ?? 0, 9);
  expect(groups.reduce((sum, row) => sum + (amountOf(row, of) ?? 0), 0)).toBeCloseTo(amountOf(total, of) ?? 0, 9);
  expect(groups.reduce((sum, row) => sum + lackingIn(row, of), 0)).toBe(lackingIn(total, of));
}

function sumOf(records: readonly RequestRecord[], of: (usage: NonNullable<RequestRecord['usage']>) => number | undefined): number {
  return records.reduce((sum, { usage, sharedWith }) => sum + (usage && sharedWith === undefined ? (of(usage) ?? 0) : 0), 0);
}

async function someFilter(house: DashboardHouse, draw: () => number): Promise<UsageAsked['where']> {
  const where: UsageAsked['where'] = {};
  for (const by of [pick(GROUPINGS, draw), pick(GROUPINGS, draw)]) {
    const named = (await house.admin.usage({ by })).flatMap((row) => row.by[0] || []);
    const value = pick(named, draw);
    if (value) where[by] = value;
  }
  return where;
}

function pick<T>(list: readonly T[], draw: () => number): T {
  return list[Math.floor(draw() * list.length)] as T;
}

/** The same draws each time (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
