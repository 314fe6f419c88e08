import * as z from 'zod';
import { FAILURE_CLASSES, type FailureClass } from '../../conversation/error.ts';
import type { Usage } from '../../conversation/usage.ts';
import type { RequestRecord } from '../../ledger/record.ts';
import type { Tier } from '../../providers/provider.ts';

// Shapes that lists and events share. The gateway may be of another version: what is not understood is left out, entry by entry.

const TIERS = ['subscription', 'api-key', 'cheap', 'free', 'local'] as const satisfies readonly Tier[];
const CLASSES: ReadonlySet<string> = new Set(FAILURE_CLASSES);

/** Optional, and absent when it is something else. */
export const maybe = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> => schema.optional().catch(undefined);
/** Absent, or right. */
export const optional = <T>(schema: z.ZodType<T>): z.ZodType<T | undefined> => schema.optional();
/** Null when it is absent or something else. */
export const orNull = <T>(schema: z.ZodType<T>): z.ZodType<T | null> => schema.nullable().catch(null);
export const count = z.number().catch(0);
export const text = z.string().catch('');
export const texts = z.array(z.string()).catch([]);
export const tier = z.enum(TIERS);

/** A class this version does not know is still a failure. */
export const failureClass = z.string().transform((name): FailureClass => (CLASSES.has(name) ? (name as FailureClass) : 'internal'));

/** The entries that are understood. */
export function listOf<T>(entry: z.ZodType<T>): z.ZodType<T[]> {
  return z.array(z.unknown()).transform((items) =>
    items.flatMap((item) => {
      const read = entry.safeParse(item);
      return read.success ? [read.data] : [];
    }),
  );
}

const amount = maybe(z.number());

export const usage: z.ZodType<Usage> = z.object({
  input: amount,
  cacheRead: amount,
  cacheWrite: amount,
  cacheWrite1h: amount,
  output: amount,
  reasoning: amount,
  total: amount,
  inputAudio: amount,
  outputAudio: amount,
  webSearches: amount,
});

export const cost = z.object({ usd: z.number(), source: z.enum(['list', 'user', 'plan']) });

const attempt = z.object({
  target: z.string(),
  account: z.string(),
  ms: count,
  startMs: maybe(z.number()),
  class: failureClass.optional(),
  status: maybe(z.number()),
});

export const record: z.ZodType<RequestRecord> = z.object({
  id: z.string(),
  at: z.number(),
  key: text,
  client: text,
  clientVersion: maybe(z.string()),
  dialect: text,
  targetDialect: maybe(z.string()),
  requested: text,
  target: maybe(z.string()),
  account: maybe(z.string()),
  accountId: maybe(z.string()),
  provider: maybe(z.string()),
  tier: maybe(tier),
  model: maybe(z.string()),
  combo: maybe(z.string()),
  attempts: listOf(attempt).catch([]),
  skipped: listOf(z.object({ target: z.string(), account: z.string(), reason: z.string() })).catch([]),
  streamed: z.boolean().catch(false),
  firstByteMs: maybe(z.number()),
  totalMs: count,
  usage: maybe(usage),
  estimated: maybe(z.boolean()),
  cost: maybe(cost),
  finish: maybe(z.string()),
  status: count,
  error: optional(z.object({ class: failureClass, code: maybe(z.string()) })),
  cancelled: z.boolean().catch(false),
  sharedWith: maybe(z.string()),
});
