import type { AccountView, HealthEntry, ModelView, QuotaView, UsageRow } from '../../../src/editor/admin/api.ts';
import type { LinkState } from '../../../src/editor/link/link.ts';
import type { LiveRequest, Snapshot } from '../../../src/editor/live/snapshot.ts';
import type { BlockReason } from '../../../src/routing/block.ts';
import type { WindowView } from '../../../src/routing/quota/view.ts';

/** Noon, so that a moment some hours later is the same day. */
export const NOON = new Date(2026, 10, 22, 12).getTime();
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

export const READY: Extract<LinkState, { is: 'ready' }> = {
  is: 'ready',
  owner: true,
  url: 'http://127.0.0.1:20128',
  port: 20128,
  pid: 4711,
  instead: undefined,
};

/** A gateway with these accounts, and nothing else of note. */
export function snapshot(change: Partial<Snapshot> = {}): Snapshot {
  return {
    link: READY,
    loaded: true,
    accounts: [account('groq'), account('work', { provider: 'glm' })],
    combos: [],
    quota: [],
    health: [],
    budgets: [],
    models: [],
    today: undefined,
    todayByAccount: new Map(),
    requests: [],
    fallback: undefined,
    ...change,
  };
}

/** Its id is its name with `-id` behind it. */
export function account(name: string, change: Partial<AccountView> = {}): AccountView {
  return { id: `${name}-id`, provider: name, name, priority: 1, enabled: true, proxy: null, health: [], ...change };
}

export function blocked(name: string, reason: BlockReason, until?: number): HealthEntry {
  return { scope: 'account', id: `${name}-id`, failures: 1, block: { reason, scope: 'account', detail: 'd', ...(until ? { until } : {}) } };
}

export function quota(name: string, ...windows: Partial<WindowView>[]): QuotaView {
  return { account: `${name}-id`, plan: null, at: NOON, ageMs: 0, error: null, windows: windows.map(windowOf) };
}

function windowOf(change: Partial<WindowView>): WindowView {
  return {
    id: '5h',
    label: '5 hours',
    model: null,
    usedPercent: null,
    used: null,
    limit: null,
    remaining: null,
    unit: 'percent',
    resetsAt: NOON + 2 * HOUR,
    source: 'headers',
    at: NOON,
    ageMs: 0,
    overage: false,
    notChat: false,
    forecast: null,
    ...change,
  };
}

export function today(change: Partial<UsageRow> = {}): UsageRow {
  return {
    by: [],
    requests: 12,
    failed: 0,
    cancelled: 0,
    inputTokens: 1_200_000,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    outputTokens: 34_000,
    reasoningTokens: null,
    unknownUsage: 0,
    estimatedUsage: 0,
    cost: 0,
    saved: 0.31,
    unpriced: 0,
    cacheHitShare: null,
    firstTokenMs: null,
    totalMs: null,
    tokensPerSecond: null,
    fallbacks: 0,
    ...change,
  };
}

/** A request that took a second; `endedAt` is when it was over. */
export function request(state: LiveRequest['state'], endedAt: number, change: Partial<LiveRequest> = {}): LiveRequest {
  return {
    id: `req_${endedAt}_${state}`,
    startedAt: endedAt - 1000,
    client: 'Claude Code',
    key: 'default',
    requested: 'auto',
    state,
    target: undefined,
    account: undefined,
    attempts: [],
    firstTokenMs: undefined,
    totalMs: 1000,
    status: undefined,
    usage: undefined,
    usd: undefined,
    error: undefined,
    fallback: false,
    ...change,
  };
}

export function model(name: string, kind: ModelView['kind'], providers: ModelView['providers'] = []): ModelView {
  return {
    name,
    title: name,
    kind,
    providers,
    accounts: [],
    tier: null,
    contextWindow: null,
    maxOutput: null,
    tools: null,
    vision: null,
    reasoning: null,
    price: null,
  };
}
