import type { AccountView, ComboConfig, HealthEntry, ModelView, QuotaView, UsageRow } from '../../src/editor/admin/api.ts';
import type { LinkState } from '../../src/editor/link/link.ts';
import { NEW_REQUEST } from '../../src/editor/live/request-book.ts';
import type { LiveRequest, Snapshot } from '../../src/editor/live/snapshot.ts';
import { EMPTY } from '../../src/editor/live/state.ts';
import { emptyRow } from '../../src/editor/live/today.ts';
import type { BlockReason } from '../../src/routing/block.ts';
import type { WindowView } from '../../src/routing/quota/view.ts';

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
    ...EMPTY,
    link: READY,
    loaded: true,
    accounts: [account('groq'), account('work', { provider: 'glm' })],
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

/** The sums of a day on which nothing happened, or little. */
export function row(change: Partial<UsageRow> = {}): UsageRow {
  return { ...emptyRow(), ...change };
}

export function today(change: Partial<UsageRow> = {}): UsageRow {
  return row({ requests: 12, inputTokens: 1_200_000, outputTokens: 34_000, cost: 0, saved: 0.31, ...change });
}

/** A request that was answered at once. */
export function request(id: string, change: Partial<LiveRequest> = {}): LiveRequest {
  const asked = { id, startedAt: NOON, client: 'Codex', key: 'default', requested: 'best' };
  return { ...NEW_REQUEST, ...asked, state: 'done', target: 'groq/llama', account: 'groq', ...change };
}

/** A request for `auto` that took a second; `endedAt` is when it was over. */
export function requestUntil(endedAt: number, state: LiveRequest['state'], change: Partial<LiveRequest> = {}): LiveRequest {
  const took = { startedAt: endedAt - 1000, totalMs: 1000 };
  return request(`req_${endedAt}_${state}`, { ...took, requested: 'auto', state, target: undefined, account: undefined, ...change });
}

export function model(name: string, change: Partial<ModelView> = {}): ModelView {
  return {
    name,
    title: name,
    kind: 'model',
    providers: [],
    accounts: [],
    tier: null,
    contextWindow: null,
    maxOutput: null,
    tools: null,
    vision: null,
    reasoning: null,
    price: null,
    ...change,
  };
}

export function combo(name: string, targets: string[], change: Partial<ComboConfig> = {}): ComboConfig {
  return { name, targets, enabled: true, strategy: 'fill-first', affinity: true, ...change };
}
