import type { Hono } from 'hono';
import * as z from 'zod';
import { pastMoment } from '../../config/duration.ts';
import { DIMENSIONS, type LedgerFilter } from '../../ledger/ledger.ts';
import type { Env, Gateway } from '../context.ts';
import { checked } from './body.ts';

const word = z.string().min(1).max(300);
/** `7d`, `2026-11-22`, an ISO 8601 time, or milliseconds since the epoch. */
const moment = word.transform((text, context) => {
  const at = /^\d{10,}$/.test(text) ? Number(text) : pastMoment(text, Date.now());
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: 'takes a duration (7d), a day (2026-11-22), an ISO time or milliseconds' });
  return z.NEVER;
});

const filter = {
  since: moment.optional(),
  until: moment.optional(),
  model: word.optional(),
  provider: word.optional(),
  account: word.optional(),
  key_name: word.optional(),
  client: word.optional(),
  combo: word.optional(),
  tier: word.optional(),
};

const usageQuery = z.strictObject({
  by: z
    .string()
    .default('')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(z.enum(DIMENSIONS)).max(2)),
  ...filter,
});
const requestsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  before: word.optional(),
  ...filter,
});

/** `/admin/usage`, `/admin/ledger` and `/admin/requests`: what the ledger knows. */
export function usageRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/usage', async (c) => {
    const { by, ...rest } = checked(usageQuery, given(c.req.query()));
    return c.json({ by, rows: await gateway.ledger.usage({ by, ...filterOf(rest) }) });
  });
  admin.get('/ledger', async (c) => c.json(await gateway.ledger.state()));
  admin.get('/requests', async (c) => {
    const { limit, before, ...rest } = checked(requestsQuery, given(c.req.query()));
    const page = { limit, ...(before === undefined ? {} : { before }), ...filterOf(rest) };
    // Newest last, as people read a log.
    return c.json({ requests: (await gateway.ledger.requests(page)).reverse() });
  });
}

/** The gateway's key may come as `?key=`, so a key to filter by has another name. */
function given({ key: _, ...query }: Record<string, string>): Record<string, string> {
  return query;
}

type Filter = Omit<z.output<typeof requestsQuery>, 'limit' | 'before'>;

function filterOf({ since, until, key_name: key, ...names }: Filter): LedgerFilter {
  const where = Object.fromEntries(Object.entries({ ...names, key }).filter(([, value]) => value !== undefined));
  return { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }), where };
}
