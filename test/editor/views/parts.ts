import type { ComboConfig, ModelView, UsageRow } from '../../../src/editor/admin/api.ts';
import type { LiveRequest } from '../../../src/editor/live/snapshot.ts';
import { NOON } from '../status-bar/snapshots.ts';

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

export function row(change: Partial<UsageRow>): UsageRow {
  const unknown = { inputTokens: null, cacheReadTokens: null, cacheWriteTokens: null, outputTokens: null, reasoningTokens: null };
  const sums = { cost: null, saved: null, cacheHitShare: null, firstTokenMs: null, totalMs: null, tokensPerSecond: null };
  return {
    by: [],
    requests: 0,
    failed: 0,
    cancelled: 0,
    unknownUsage: 0,
    estimatedUsage: 0,
    unpriced: 0,
    fallbacks: 0,
    ...unknown,
    ...sums,
    ...change,
  };
}

export function request(id: string, change: Partial<LiveRequest> = {}): LiveRequest {
  return {
    id,
    startedAt: NOON,
    client: 'Codex',
    key: 'default',
    requested: 'best',
    state: 'done',
    target: 'groq/llama',
    account: 'groq',
    attempts: [],
    firstTokenMs: undefined,
    totalMs: undefined,
    status: undefined,
    usage: undefined,
    usd: undefined,
    error: undefined,
    fallback: false,
    ...change,
  };
}
