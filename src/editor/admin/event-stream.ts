import * as z from 'zod';
import type { GatewayEvent } from './api.ts';
import { readEach } from './read-each.ts';
import { cost, count, failureClass, maybe, optional, record, text, usage } from './shapes.ts';

const at = { at: z.number() };
const ofRequest = { ...at, id: z.string() };
const answering = { target: z.string(), account: z.string() };

const event: z.ZodType<GatewayEvent> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('request-started'),
    ...ofRequest,
    key: text,
    client: text,
    dialect: text,
    requested: text,
    streamed: z.boolean().catch(false),
  }),
  z.object({
    type: z.literal('first-token'),
    ...ofRequest,
    ...answering,
    ms: count,
    attempts: count,
    fallback: maybe(z.boolean()),
  }),
  z.object({
    type: z.literal('attempt-failed'),
    ...ofRequest,
    ...answering,
    class: failureClass,
    status: count,
    ms: count,
    startMs: maybe(z.number()),
  }),
  z.object({
    type: z.literal('request-finished'),
    ...ofRequest,
    target: maybe(z.string()),
    account: maybe(z.string()),
    status: count,
    totalMs: count,
    attempts: count,
    usage: maybe(usage),
    cost: maybe(cost),
    error: optional(failureClass),
    cancelled: z.boolean().catch(false),
    record: maybe(record),
  }),
  z.object({
    type: z.literal('health-changed'),
    ...at,
    account: maybe(z.string()),
    provider: maybe(z.string()),
    model: maybe(z.string()),
  }),
  z.object({ type: z.literal('quota-changed'), ...at, account: z.string() }),
  z.object({ type: z.literal('budget-warning'), ...at, budget: z.string(), state: z.enum(['warning', 'reached']) }),
  z.object({ type: z.literal('config-changed'), ...at }),
  z.object({ type: z.literal('models-changed'), ...at, account: maybe(z.string()) }),
  z.object({ type: z.literal('dropped'), ...at, count }),
]);

/** One event; `undefined` when it is of a kind this version does not know, or damaged. */
export function eventOf(data: string): GatewayEvent | undefined {
  try {
    const read = event.safeParse(JSON.parse(data));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

/** The events of a body, until it ends; rejects when it breaks off. */
export function eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<GatewayEvent> {
  return readEach(body, eventOf);
}
