import * as z from 'zod';
import type { Capture, CaptureSettings, CaptureSummary, LedgerState, LimitEntry, ProcessFacts } from './api.ts';
import { count, listOf, maybe, optional, orNull, record, text, texts } from './shapes.ts';

// How the gateway fares, and what it keeps of requests.

const limit = maybe(z.number());

const limitWindow = z.object({
  window: text,
  per: maybe(z.string()),
  limit,
  remaining: limit,
  resetsAt: limit,
  at: count,
});

export const limitEntry: z.ZodType<LimitEntry> = z.object({
  account: z.string(),
  running: count,
  waiting: count,
  rpm: limit,
  tpm: limit,
  minGapMs: limit,
  maxConcurrent: limit,
  windows: listOf(limitWindow).catch([]),
});

export const processFacts: z.ZodType<ProcessFacts> = z.object({
  startedAt: z.number(),
  uptimeMs: z.number(),
  memory: z.object({ rss: count, heapUsed: count, heapTotal: count, external: count }),
  eventLoopDelayMs: orNull(z.object({ p50: z.number(), p99: z.number(), max: z.number() })),
  requestsRunning: count,
});

export const captureSettings: z.ZodType<CaptureSettings> = z.object({ last: count, disk: z.boolean().catch(false), keepHours: count });

export const captureSummary: z.ZodType<CaptureSummary> = z.object({
  id: z.string(),
  at: z.number(),
  key: text,
  client: text,
  dialect: text,
  requested: text,
  target: maybe(z.string()),
  account: maybe(z.string()),
  status: count,
  totalMs: count,
  error: maybe(z.string()),
  sent: count,
});

const carried = { method: text, path: text, headers: z.record(z.string(), z.string()).catch({}), body: text };

export const capture: z.ZodType<Capture> = z.object({
  id: z.string(),
  at: z.number(),
  record,
  request: z.object(carried),
  sent: listOf(z.object({ target: text, account: text, dialect: text, ...carried })).catch([]),
  answer: z.object({ status: count, body: text }),
});

export const ledger: z.ZodType<LedgerState> = z.object({
  records: count,
  bytes: count,
  oldest: optional(z.number()),
  oldestDay: optional(z.string()),
  notices: texts,
});
