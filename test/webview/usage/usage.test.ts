import { describe, expect, it } from 'vitest';
import type { RequestRecord, UsageRow } from '../../../src/editor/admin/api.ts';
import type { UsageAsked, UsageView } from '../../../src/editor/dashboard/contract/calls/usage.ts';
import { amountOf } from '../../../src/editor/dashboard/contract/usage/measures.ts';
import { allRequests } from '../../../webview/pages/usage/all-requests.ts';
import { FIRST, isAsked, narrowed, refreshOf, requestsFilter, widened } from '../../../webview/pages/usage/asked.ts';
import { chartShown } from '../../../webview/pages/usage/chart-of.ts';
import { csvOf } from '../../../webview/pages/usage/csv.ts';
import { fileName, groupsFile, requestsFile } from '../../../webview/pages/usage/export.ts';
import { figuresOf, notesOf } from '../../../webview/pages/usage/figures.ts';
import { linesOf, sumLine } from '../../../webview/pages/usage/rows.ts';

const row = (more: Partial<UsageRow> = {}): UsageRow => ({
  by: [],
  requests: 10,
  failed: 1,
  cancelled: 1,
  inputTokens: 1000,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  outputTokens: 200,
  reasoningTokens: null,
  unknownUsage: 0,
  estimatedUsage: 0,
  cost: 1.25,
  saved: null,
  unpriced: 0,
  cacheHitShare: null,
  firstTokenMs: { p50: 300, p95: 900, p99: 1000 },
  totalMs: { p50: 2100, p95: 9800, p99: 15_000 },
  tokensPerSecond: 143.2,
  fallbacks: 2,
  ...more,
});

const groups = [
  row({ by: ['groq/a'], requests: 5, failed: 0, cancelled: 0, cost: null, unpriced: 5 }),
  row({ by: ['work/b'], requests: 3, failed: 1, cancelled: 1, cost: 1 }),
  row({ by: [''], requests: 2, failed: 0, cancelled: 0, cost: 0.25 }),
];
const total = row({ unpriced: 5, inputTokens: 3000, outputTokens: 600 });
const view: UsageView = {
  asked: FIRST,
  since: Date.UTC(2026, 10, 20),
  until: Date.UTC(2026, 10, 22),
  unit: 'day',
  slots: [
    { label: '2026-11-20', ahead: false },
    { label: '2026-11-21', ahead: false },
  ],
  total: [total],
  before: [],
  groups,
  chart: [{ group: 'groq/a', values: [1, 2] }, { values: [0, null] }],
  names: {},
};

describe('what is looked at', () => {
  it('is taken up again as it was left, when it still makes sense', () => {
    expect(isAsked({ ...FIRST, range: { from: '2026-11-01', to: '2026-11-02' }, where: { key: 'laptop' } })).toBe(true);
    for (const wrong of [
      null,
      {},
      { ...FIRST, by: 'day' },
      { ...FIRST, of: 'p50' },
      { ...FIRST, where: { day: 'x' } },
      { ...FIRST, where: { key: '' } },
    ]) {
      expect(isAsked(wrong)).toBe(false);
    }
    expect(isAsked({ ...FIRST, range: { from: '2026-11-31', to: '2026-12-02' } })).toBe(false);
  });

  it('is narrowed to a group and looked at by what still tells parts apart, and widened again', () => {
    const inGroq = narrowed({ ...FIRST, by: 'provider' }, 'groq');
    expect(inGroq).toMatchObject({ where: { provider: 'groq' }, by: 'model' });
    expect(narrowed(inGroq, 'groq/a')).toMatchObject({ where: { provider: 'groq', model: 'groq/a' }, by: 'account' });
    expect(narrowed(FIRST, '')).toEqual(FIRST);
    expect(widened(inGroq, 'provider').where).toEqual({});
  });

  it('goes along to the requests', () => {
    const asked: UsageAsked = { ...FIRST, range: '7d', where: { client: 'Codex' } };
    expect(requestsFilter(asked, 'groq/a')).toEqual({ client: 'Codex', model: 'groq/a', span: 'week' });
    expect(requestsFilter({ ...asked, range: '90d' }, undefined)).toEqual({ client: 'Codex' });
  });

  it('is read again only while it may change', () => {
    const now = Date.UTC(2026, 10, 22, 12);
    expect(refreshOf(FIRST, now)).toBeGreaterThan(0);
    expect(refreshOf({ ...FIRST, range: 'lastMonth' }, now)).toBeUndefined();
    expect(refreshOf({ ...FIRST, range: { from: '2026-11-01', to: '2026-11-10' } }, now)).toBeUndefined();
    expect(refreshOf({ ...FIRST, range: { from: '2026-11-01', to: '2026-11-22' } }, now)).toBeGreaterThan(0);
  });
});

describe('amounts', () => {
  it('that nobody knows are not 0, and those that are 0 are known', () => {
    expect(amountOf(row({ cost: null, unpriced: 3 }), 'cost')).toBeNull();
    expect(amountOf(row({ cost: null }), 'cost')).toBe(0);
    expect(amountOf(row({ cost: 2, unpriced: 3 }), 'cost')).toBe(2);
    expect(amountOf(row({ requests: 2, failed: 0, cancelled: 2, cost: null }), 'cost')).toBeNull();
    expect(amountOf(row({ inputTokens: null, outputTokens: null, unknownUsage: 1 }), 'tokens')).toBeNull();
    expect(amountOf(row({ requests: 1, cancelled: 0, failed: 1, inputTokens: null }), 'input')).toBe(0);
    expect(amountOf(row(), 'cacheRead')).toBeNull();
  });

  it('stand beside those of the range before; nothing is compared with nothing', () => {
    const figures = figuresOf(row({ cost: 1.5, unpriced: 2 }), row({ cost: 1, totalMs: null }));
    const of = (id: string): unknown => figures.find((figure) => figure.id === id);
    expect(of('cost')).toMatchObject({ value: '$1.50', before: 'Before: $1.00 (+50\u00a0%)', note: 'without 2 of unknown price' });
    expect(of('saved')).toMatchObject({ value: '–' });
    expect(of('cache')).toMatchObject({ value: '–', note: '' });
    expect(of('success')).toMatchObject({ value: '89 %', before: 'Before: 89 %' });
    expect(of('whole')).toMatchObject({ value: '2.1 s', note: 'p95: 9.8 s', before: '' });
    expect(figuresOf(row(), row({ requests: 0 })).every(({ before }) => before === '')).toBe(true);
    expect(figuresOf(row(), undefined).every(({ before }) => before === '')).toBe(true);
  });

  it('that are not in the sums are said', () => {
    expect(notesOf(row())).toEqual([]);
    expect(notesOf(row({ unpriced: 1, unknownUsage: 2, estimatedUsage: 3 }))).toHaveLength(3);
  });
});

describe('the table', () => {
  it('is sorted by any figure, what is not known last whichever way', () => {
    const names = (by: string, down: boolean): string[] => linesOf(view, '', { by, down }).map(({ group }) => group);
    expect(names('cost', true)).toEqual(['work/b', '', 'groq/a']);
    expect(names('cost', false)).toEqual(['', 'work/b', 'groq/a']);
    expect(names('requests', true)).toEqual(['groq/a', 'work/b', '']);
    expect(names('name', false)).toEqual(['groq/a', '', 'work/b']);
  });

  it('has the sums of everything, or of what was found', () => {
    const sorting = { by: 'requests', down: true };
    expect(sumLine(view, linesOf(view, '', sorting))?.row).toBe(total);
    const found = linesOf(view, 'WORK', sorting);
    expect(found.map(({ group }) => group)).toEqual(['work/b']);
    expect(sumLine(view, found)).toMatchObject({ kind: 'part', row: { requests: 3, cost: 1, inputTokens: 1000, totalMs: null } });
  });
});

it('names the series, and gives their points rising times', () => {
  const { at, series } = chartShown({ ...view, slots: [...view.slots, { label: '2026-11-21', ahead: true }] });
  expect(at[0]).toBe(new Date(2026, 10, 20).getTime());
  expect(at.every((time, index) => index === 0 || time > (at[index - 1] ?? 0))).toBe(true);
  expect(series).toEqual([
    { name: 'groq/a', values: [1, 2] },
    { name: 'Others', values: [0, null] },
  ]);
});

describe('files', () => {
  it('hold no formula, every digit, and nothing where nothing is known', () => {
    const text = csvOf(
      ['a', 'b'],
      [
        ['=1+1', 0.1 + 0.2],
        ['say "x", y', null],
        ['@x', -1],
        ['line\nbreak', undefined],
        ['+1', true],
      ],
    );
    expect(text).toBe('a,b\r\n\'=1+1,0.30000000000000004\r\n"say ""x"", y",\r\n\'@x,-1\r\n"line\nbreak",\r\n\'+1,true\r\n');
  });

  it('of groups have what is shown, as it is sorted', () => {
    const lines = linesOf(view, '', { by: 'cost', down: true });
    const csv = groupsFile('csv', view, lines, sumLine(view, lines)).split('\r\n');
    expect(csv).toHaveLength(5);
    expect(csv[0]).toMatch(/^model,requests,failed,/);
    expect(csv[1]).toMatch(/^work\/b,3,1,1,2,1000,,,200,,0,0,1,0,0,/);
    const json = JSON.parse(groupsFile('json', view, lines, sumLine(view, lines))) as { rows: { cost: unknown }[]; total: unknown };
    expect(json.rows.map(({ cost }) => cost)).toEqual([1, 0.25, null]);
    expect(json.total).toMatchObject({ requests: 10, cost: 1.25 });
    expect(fileName('usage', view, 'csv', 'model')).toBe('usage-2026-11-20-to-2026-11-21-by-model.csv');
    expect(fileName('requests', { ...view, unit: 'hour', asked: { ...FIRST, where: { key: 'a' } } }, 'json')).toBe(
      'requests-2026-11-20-filtered.json',
    );
  });

  it('of requests count no token and no dollar twice', () => {
    const record = (more: Partial<RequestRecord>): RequestRecord => ({
      id: 'req_1',
      at: Date.UTC(2026, 10, 20, 10),
      key: 'default',
      client: 'Codex',
      dialect: 'openai-chat',
      requested: 'best',
      target: 'groq/a',
      account: 'work',
      combo: undefined,
      attempts: [],
      skipped: [],
      streamed: true,
      firstByteMs: 3,
      totalMs: 10,
      usage: { input: 7, output: 2 },
      finish: 'stop',
      status: 200,
      error: undefined,
      cancelled: false,
      cost: { usd: 0.1, source: 'plan' },
      ...more,
    });
    const rows = JSON.parse(requestsFile('json', [record({}), record({ id: 'req_2', sharedWith: 'req_1' })])) as Record<string, unknown>[];
    expect(rows[0]).toMatchObject({ time: '2026-11-20T10:00:00.000Z', inputTokens: 7, outputTokens: 2, cost: 0, saved: 0.1, combo: null });
    expect(rows[1]).toMatchObject({ sharedWith: 'req_1', inputTokens: null, outputTokens: null, cost: null, saved: null });
    expect(requestsFile('csv', []).split('\r\n')[0]).toMatch(/^id,time,requested,/);
  });

  it('of requests are read page by page, and not when nobody waits any longer', async () => {
    const ids = Array.from({ length: 25 }, (_, at) => `req_${at}`);
    const told: number[] = [];
    const host = {
      call: async (_: string, { before }: { before?: string }) => {
        const end = before === undefined ? ids.length : ids.indexOf(before);
        return ids.slice(Math.max(0, end - 10), end).map((id) => ({ id }));
      },
    } as unknown as Parameters<typeof allRequests>[0];
    const all = await allRequests(host, view, (count) => told.push(count), new AbortController().signal);
    expect(all.map(({ id }) => id)).toEqual(ids);
    expect(told).toEqual([10, 20, 25]);
    await expect(allRequests(host, view, () => {}, AbortSignal.abort(new Error('left')))).rejects.toThrow('left');
  });
});
