import * as z from 'zod';
import type { Strategy } from '../../config/combos.ts';
import type { ExplainedSkip, ExplainedStep } from '../../routing/explain.ts';
import type {
  AccountView,
  BudgetConfig,
  BudgetEntry,
  ComboConfig,
  Explained,
  HealthEntry,
  KeyRow,
  ModelView,
  PricesConfig,
  QuotaView,
  RouteConfig,
  TestResult,
  UsageRow,
} from './api.ts';
import { capture, captureSettings, captureSummary, ledger, limitEntry, processFacts } from './detail-shapes.ts';
import { logLine } from './log-shapes.ts';
import { count, failureClass, listOf, maybe, orNull, record, text, texts, tier } from './shapes.ts';

// What the routes under /admin answer (docs/admin-api.md).

const isText = (value: unknown): boolean => typeof value === 'string';
const amount = orNull(z.number());

const block: z.ZodType<NonNullable<HealthEntry['block']>> = z.object({
  reason: z.custom<NonNullable<HealthEntry['block']>['reason']>(isText),
  scope: z.enum(['account', 'model', 'provider', 'budget', 'request']).catch('account'),
  until: maybe(z.number()),
  detail: text,
});

const healthEntry: z.ZodType<HealthEntry> = z.object({
  scope: z.enum(['account', 'model', 'provider']),
  id: z.string(),
  model: maybe(z.string()),
  block: maybe(block),
  state: maybe(z.enum(['closed', 'open', 'half-open'])),
  failures: count,
});

const limit = maybe(z.number());

const accountView: z.ZodType<AccountView> = z.object({
  id: z.string(),
  provider: z.string(),
  name: z.string(),
  prefix: maybe(z.string()),
  tier: maybe(tier),
  priority: count,
  enabled: z.boolean().catch(true),
  credential: maybe(
    z.discriminatedUnion('kind', [z.object({ kind: z.literal('env'), name: z.string() }), z.object({ kind: z.literal('vault') })]),
  ),
  proxy: orNull(z.string()),
  baseUrl: maybe(z.string()),
  parameters: maybe(z.record(z.string(), z.string())),
  headers: maybe(z.array(z.string())),
  limits: maybe(z.object({ rpm: limit, tpm: limit, minGapMs: limit, maxConcurrent: limit })),
  // Loose: a change of one list must not take away what this version does not know.
  models: maybe(z.looseObject({ allow: maybe(z.array(z.string())), deny: maybe(z.array(z.string())), preferred: maybe(z.string()) })),
  headroom: limit,
  health: listOf(healthEntry).catch([]),
});

const ms = { ms: count };

const testResult: z.ZodType<TestResult> = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    ...ms,
    proof: z.enum(['models', 'completion', 'none']).catch('none'),
    models: maybe(z.number()),
    note: maybe(z.string()),
  }),
  z.object({
    ok: z.literal(false),
    ...ms,
    refused: z.boolean().catch(false),
    error: z.object({ message: z.string(), code: text, class: text }),
  }),
]);

/** Loose: a combo that is saved again must not lose what this version does not know. */
const combo: z.ZodType<ComboConfig> = z.looseObject({
  name: z.string(),
  enabled: z.boolean().catch(true),
  strategy: z.custom<Strategy>(isText).catch('fill-first'),
  targets: z.array(z.string()),
  affinity: z.boolean().catch(true),
});

const modelView: z.ZodType<ModelView> = z.object({
  name: z.string(),
  title: z.string(),
  kind: z.enum(['model', 'combo', 'alias', 'auto']),
  providers: listOf(z.object({ id: z.string(), name: z.string() })).catch([]),
  accounts: texts,
  tier: orNull(tier),
  contextWindow: amount,
  maxOutput: amount,
  tools: orNull(z.boolean()),
  vision: orNull(z.boolean()),
  reasoning: orNull(z.boolean()),
  price: orNull(z.object({ input: z.number(), output: z.number() })),
  targets: maybe(z.array(z.string())),
});

const windowView = z.object({
  id: z.string(),
  label: z.string(),
  model: orNull(z.string()),
  usedPercent: amount,
  used: amount,
  limit: amount,
  remaining: amount,
  unit: text,
  resetsAt: amount,
  source: z.enum(['headers', 'reader', 'counted']).catch('counted'),
  at: count,
  ageMs: count,
  overage: z.boolean().catch(false),
  notChat: z.boolean().catch(false),
  forecast: orNull(z.object({ exhaustedAt: amount, pacePerHour: count, lastsUntilReset: z.boolean() })),
});

const quotaView: z.ZodType<QuotaView> = z.object({
  account: z.string(),
  plan: orNull(z.string()),
  windows: listOf(windowView).catch([]),
  at: amount,
  ageMs: amount,
  error: orNull(z.object({ message: z.string(), at: count, ageMs: count })),
});

/** Loose, as those are that follow: what is saved again must not lose what this version does not know. */
const budget: z.ZodType<BudgetConfig> = z.looseObject({
  key: maybe(z.string()),
  account: maybe(z.string()),
  provider: maybe(z.string()),
  tier: maybe(tier),
  period: z.enum(['day', 'month']),
  usd: limit,
  tokens: limit,
  requests: limit,
  mode: z.enum(['hard', 'soft']).catch('hard'),
  warnAt: z.number().catch(80),
});

const route: z.ZodType<RouteConfig> = z.looseObject({ match: z.string(), to: z.string() });
const price = z.looseObject({ input: z.number(), output: z.number(), cacheRead: limit, cacheWrite: limit });
const prices: z.ZodType<PricesConfig> = z.record(z.string(), price);

const scope = z.object({
  key: maybe(z.string()),
  account: maybe(z.string()),
  provider: maybe(z.string()),
  tier: maybe(z.string()),
  combo: maybe(z.string()),
});

const budgetEntry: z.ZodType<BudgetEntry> = z.object({
  name: z.string(),
  about: maybe(scope),
  period: z.enum(['day', 'month']),
  mode: z.enum(['hard', 'soft']).catch('hard'),
  resetsAt: z.number(),
  amounts: listOf(z.object({ unit: z.enum(['usd', 'tokens', 'requests']), limit: z.number(), used: z.number() })),
  state: z.enum(['ok', 'warning', 'reached']),
  unpriced: maybe(z.number()),
});

const percentiles = orNull(z.object({ p50: z.number(), p95: z.number(), p99: z.number() }));

const usageRow: z.ZodType<UsageRow> = z.object({
  by: texts,
  requests: count,
  failed: count,
  cancelled: count,
  inputTokens: amount,
  cacheReadTokens: amount,
  cacheWriteTokens: amount,
  outputTokens: amount,
  reasoningTokens: amount,
  unknownUsage: count,
  estimatedUsage: count,
  cost: amount,
  saved: amount,
  unpriced: count,
  cacheHitShare: amount,
  firstTokenMs: percentiles,
  totalMs: percentiles,
  tokensPerSecond: amount,
  fallbacks: count,
});

const step: z.ZodType<ExplainedStep> = z.object({
  position: z.number(),
  target: z.string(),
  account: z.string(),
  provider: text,
  tier: tier.catch('api-key'),
  dialect: z.custom<ExplainedStep['dialect']>(isText),
  why: texts,
});

const skip: z.ZodType<ExplainedSkip> = z.object({
  target: z.string(),
  account: z.string(),
  reason: z.custom<ExplainedSkip['reason']>(isText),
  scope: z.enum(['account', 'model', 'provider', 'budget', 'request']).catch('account'),
  until: maybe(z.string()),
  detail: text,
});

const keyRow: z.ZodType<KeyRow> = z.object({
  id: z.string(),
  name: z.string(),
  hint: maybe(z.string()),
  models: maybe(z.array(z.string())),
  rpm: maybe(z.number()),
  expiresAt: maybe(z.string()),
  previousUntil: maybe(z.string()),
});

export const answers = {
  status: z.object({ version: text, pid: count }),
  accounts: z.object({ accounts: listOf(accountView) }),
  account: z.object({ account: accountView, test: maybe(testResult), notice: maybe(z.string()) }),
  test: z.object({ test: testResult }),
  combos: z.object({ combos: listOf(combo) }),
  combo: z.object({ combo }),
  models: z.object({ models: listOf(modelView) }),
  quota: z.object({ accounts: listOf(quotaView) }),
  health: z.object({ health: listOf(healthEntry) }),
  healthDetail: z.object({ health: listOf(healthEntry), limits: listOf(limitEntry).catch([]), process: maybe(processFacts) }),
  reset: z.object({ reset: count }),
  budgets: z.object({ budgets: listOf(budgetEntry) }),
  usage: z.object({ rows: listOf(usageRow) }),
  requests: z.object({ requests: listOf(record) }),
  requestPage: z.object({ requests: listOf(record), count }),
  request: z.object({ request: record }),
  ledger,
  captures: z.object({ settings: captureSettings, captures: listOf(captureSummary) }),
  capture: z.object({ capture }),
  logs: z.object({ entries: listOf(logLine), more: z.boolean().catch(false) }),
  budgetList: z.object({ budgets: z.array(budget) }),
  aliases: z.object({ aliases: z.record(z.string(), z.string()) }),
  routes: z.object({ routes: z.array(route) }),
  prices: z.object({ prices }),
  keys: z.object({ keys: listOf(keyRow) }),
  madeKey: z.object({ key: z.string(), entry: keyRow }),
  removedKey: z.object({ removedBudgets: listOf(z.unknown()).catch([]) }),
  settings: z.object({ settings: z.record(z.string(), z.unknown()) }),
  settingsWith: z.object({ settings: z.record(z.string(), z.unknown()), restartNeeded: texts }),
  nothing: z.unknown(),
  explained: z.object({
    requested: z.string(),
    resolved: text,
    combo: maybe(z.object({ name: z.string(), strategy: z.custom<Strategy>(isText) })),
    steps: listOf(step),
    skipped: listOf(skip).catch([]),
    bounds: z.object({
      maxAttempts: count,
      deadlineMs: maybe(z.number()),
      fallbackOn: listOf(failureClass).catch([]),
    }),
  }) satisfies z.ZodType<Explained>,
};
export type Answers = typeof answers;

/** `{"error": {"message", "code", "param"?}}` */
export const failure = z.object({ error: z.object({ message: z.string(), code: maybe(z.string()), param: maybe(z.string()) }) });
