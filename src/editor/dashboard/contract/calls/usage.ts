import * as z from 'zod';
import { answers } from '../../../admin/answers.ts';
import { call, query } from '../call.ts';
import { MEASURES } from '../usage/measures.ts';
import { GROUPINGS, usageRange } from '../usage/range.ts';

const rows = answers.usage.shape.rows;

/** Only requests of these. A group without a name cannot be asked for. */
const where = z.partialRecord(z.enum(GROUPINGS), z.string().min(1).max(300));

const asked = z.object({ range: usageRange, by: z.enum(GROUPINGS), of: z.enum(MEASURES), where });
export type UsageAsked = z.output<typeof asked>;

const view = z.object({
  asked,
  /** Milliseconds since the epoch; `until` is exclusive, and may lie ahead. */
  since: z.number(),
  until: z.number(),
  unit: z.enum(['day', 'hour']),
  /** Days (`2026-11-22`) or hours (`2026-11-22T19`) of the gateway's time zone; `ahead`: not begun yet. */
  slots: z.array(z.object({ label: z.string(), ahead: z.boolean() })),
  /** One row: the sums of everything. The groups add up to it. */
  total: rows,
  /** One row: the range before, up to the same time of day where the range is not over. */
  before: rows,
  groups: rows,
  /** Largest first; `group`: absent for all that are not shown singly. One value a slot, `null`: not known, or ahead. */
  chart: z.array(z.object({ group: z.string().optional(), values: z.array(z.number().nullable()) })),
  /** Why nothing is there: the filters fit nothing, the range is empty, nothing was ever asked. */
  empty: z.enum(['filters', 'range', 'ever']).optional(),
  /** Of providers, by id. */
  names: z.record(z.string(), z.string()),
});
export type UsageView = z.output<typeof view>;

/** Usage & cost, and every sum on other pages. */
export const usageCalls = {
  /** `GET /admin/usage`. */
  usage: call(query, rows),
  /** Everything the page Usage & Cost shows of one range, all of it as of one moment. */
  usageView: call(asked, view),
  /** Up to 1,000 of the range's requests that are kept singly, newest last; `before`: the id of one, only older ones are wanted. */
  usageRequests: call(
    z.object({ since: z.number(), until: z.number(), where, before: z.string().optional() }),
    answers.requests.shape.requests,
  ),
};
