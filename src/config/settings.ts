import * as z from 'zod';
import { STRATEGIES } from './combos.ts';
import { rulesSchema } from './rules.ts';

const ms = (fallback: number) => z.number().int().min(1).max(2_147_483_647).default(fallback);
const count = (fallback: number) => z.number().int().min(0).max(1_000_000).default(fallback);

const timeoutsSchema = z.strictObject({
  /** TCP and TLS to the provider. */
  connectMs: ms(10_000),
  /** From the request sent to the first byte of the answer's body. */
  firstByteMs: ms(60_000),
  /** Between two pieces of an answer. */
  idleMs: ms(120_000),
  /** The whole request. */
  totalMs: ms(900_000),
});

const streamSchema = z.strictObject({
  /** Silence after which a client is sent a ping. */
  pingMs: ms(15_000),
  /** How long reasoning is held back when nothing is left to fall back to: an answer that ends in it alone is then still a clean failure. */
  reasoningHoldMs: z.number().int().min(0).max(60_000).default(1000),
});

const securitySchema = z.strictObject({
  /** Browser origins that may call the gateway. */
  origins: z.array(z.string()).default([]),
  /** Host names besides 127.0.0.1, localhost and [::1]. */
  hosts: z.array(z.string()).default([]),
  maxBodyBytes: z
    .number()
    .int()
    .min(1024)
    .default(50 * 1024 * 1024),
});

const responsesSchema = z.strictObject({
  /** Responses kept in memory so that `previous_response_id` works over any provider. */
  maxEntries: z.number().int().min(0).default(500),
  maxBytes: z
    .number()
    .int()
    .min(0)
    .default(64 * 1024 * 1024),
});

const routingSchema = z.strictObject({
  /** Order among the accounts of one model, where no combo says otherwise. */
  accountStrategy: z.enum(STRATEGIES).default('fill-first'),
  /** Keeps a conversation at the account that answered it, so that prompt caches stay warm. */
  affinity: z.boolean().default(true),
  /** A conversation is forgotten after this long without a request. */
  affinityMs: ms(60 * 60_000),
  /** How often the same target is asked again after an overload, a broken connection or an empty answer, when no other target answered. */
  retries: z.number().int().min(0).max(10).default(2),
  /** The wait before the first of them; it doubles each time, with full jitter. */
  backoffMs: ms(250),
  maxBackoffMs: ms(8000),
  /** Attempts for one request in all. */
  maxAttempts: z.number().int().min(1).max(100).default(12),
  /** Requests with the same body within 5 s share one answer, also without an idempotency key. */
  shareIdentical: z.boolean().default(false),
});

const healthSchema = z.strictObject({
  /** Failures in a row (5xx, timeouts, network) after which a provider is left alone. */
  breakerFailures: z.number().int().min(1).max(1000).default(10),
  /** For how long at first; doubles with each failed probe. */
  breakerOpenMs: ms(10_000),
  breakerMaxOpenMs: ms(5 * 60_000),
});

/** Whole exchanges for debugging: prompts and answers, without credentials. */
const captureSchema = z.strictObject({
  /** How many of the newest are kept; 0: none. */
  last: z.number().int().min(0).max(200).default(0),
  /** In `captures/` of the data folder rather than in memory. */
  disk: z.boolean().default(false),
  /** How long one is kept. */
  keepHours: z.number().int().min(1).max(168).default(24),
});

const ledgerSchema = z.strictObject({
  /** Days for which requests are kept singly; older ones become sums of a day. */
  keepDays: z.number().int().min(1).max(3650).default(90),
  /** Largest database file; the oldest requests become sums of a day before it grows beyond. */
  maxBytes: z
    .number()
    .int()
    .min(1024 * 1024)
    .max(1024 * 1024 * 1024)
    .default(64 * 1024 * 1024),
  capture: captureSchema.prefault({}),
});

const logsSchema = z.strictObject({
  /** The least urgent entries kept in `logs/omniroute.log`. */
  level: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
});

const queueSchema = z.strictObject({
  /** Requests that may wait for an account's turn. */
  max: count(100),
  /** How long one waits when nobody else can answer. */
  waitMs: count(30_000),
  /** How long one waits when another target could answer. */
  spillMs: count(250),
});

export const settingsSchema = z.strictObject({
  timeouts: timeoutsSchema.prefault({}),
  stream: streamSchema.prefault({}),
  security: securitySchema.prefault({}),
  responses: responsesSchema.prefault({}),
  routing: routingSchema.prefault({}),
  health: healthSchema.prefault({}),
  queue: queueSchema.prefault({}),
  ledger: ledgerSchema.prefault({}),
  logs: logsSchema.prefault({}),
  rules: rulesSchema.prefault({}),
});
export type Settings = z.infer<typeof settingsSchema>;
