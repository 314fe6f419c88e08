import * as z from 'zod';
import { answers } from '../../admin/answers.ts';
import { failureClass, maybe, usage } from '../../admin/shapes.ts';
import type { LinkState } from '../../link/link.ts';
import type { LiveRequest, Snapshot } from '../../live/snapshot.ts';

const takenPort = z.object({ wanted: z.number(), by: maybe(z.string()) });
const linkState: z.ZodType<LinkState> = z.discriminatedUnion('is', [
  z.object({ is: z.literal('connecting') }),
  z.object({
    is: z.literal('ready'),
    owner: z.boolean(),
    url: z.string(),
    port: z.number(),
    pid: z.number(),
    instead: maybe(takenPort),
  }),
  z.object({ is: z.literal('failed'), reason: z.enum(['config', 'ports', 'crashed', 'other']), message: z.string() }),
  z.object({ is: z.literal('stopped') }),
]);

const attempt = z.object({
  target: z.string(),
  account: z.string(),
  class: failureClass.optional(),
  status: maybe(z.number()),
  ms: z.number(),
  startMs: maybe(z.number()),
});

const liveRequest: z.ZodType<LiveRequest> = z.object({
  id: z.string(),
  startedAt: z.number(),
  client: z.string(),
  key: z.string(),
  requested: z.string(),
  combo: maybe(z.string().nullable()),
  state: z.enum(['running', 'streaming', 'done', 'failed', 'cancelled']),
  target: maybe(z.string()),
  account: maybe(z.string()),
  attempts: z.array(attempt),
  firstTokenMs: maybe(z.number()),
  totalMs: maybe(z.number()),
  status: maybe(z.number()),
  usage: maybe(usage),
  usd: maybe(z.number()),
  error: maybe(failureClass),
  fallback: z.boolean(),
});

const usageRow = answers.usage.shape.rows;
const fallback = z.object({ requested: z.string(), target: z.string(), account: z.string(), at: z.number() });

/** Slices of the live snapshot as they cross into the page; only those that changed are there. */
export const slicesSchema = z.object({
  link: linkState.optional(),
  loaded: z.boolean().optional(),
  accounts: answers.accounts.shape.accounts.optional(),
  combos: answers.combos.shape.combos.optional(),
  quota: answers.quota.shape.accounts.optional(),
  health: answers.health.shape.health.optional(),
  budgets: answers.budgets.shape.budgets.optional(),
  models: answers.models.shape.models.optional(),
  /** At most one row: the sums of today. `null`: not known yet. */
  today: answers.usage.shape.rows.nullable().optional(),
  todayByAccount: usageRow.optional(),
  /** Those that changed or are new, in no order; the page keeps the newest 200. */
  requests: z.array(liveRequest).optional(),
  /** The requests above are all there are. */
  allRequests: z.boolean().optional(),
  fallback: fallback.nullable().optional(),
});
export type SlicesMessage = z.infer<typeof slicesSchema>;

/** What a page can ask to be kept fresh. `models` is large: only while it is shown. */
export const WATCHABLE = [
  'link',
  'loaded',
  'accounts',
  'combos',
  'quota',
  'health',
  'budgets',
  'models',
  'today',
  'todayByAccount',
  'requests',
  'fallback',
] as const satisfies readonly (keyof Snapshot)[];
export type Watchable = (typeof WATCHABLE)[number];
