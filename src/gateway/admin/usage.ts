import type { Hono } from 'hono';
import * as z from 'zod';
import { DIMENSIONS, type LedgerFilter, OUTCOMES } from '../../ledger/ledger.ts';
import type { Env, Gateway } from '../context.ts';
import { checked } from './body.ts';
import { refusal } from './errors.ts';
import { flag, given, moment, word } from './query.ts';

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
  outcome: z.enum(OUTCOMES).optional(),
  search: z.string().max(300).optional(),
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
  offset: z.coerce.number().int().min(0).max(100_000_000).optional(),
  count: flag.default(false),
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
    const { limit, before, offset, count, ...rest } = checked(requestsQuery, given(c.req.query()));
    const filter = filterOf(rest);
    const requests = gateway.ledger.requests({ limit, before, offset, ...filter });
    const counted = count ? { count: await gateway.ledger.count(filter) } : {};
    // Newest last, as people read a log.
    return c.json({ requests: (await requests).reverse(), ...counted });
  });
  admin.get('/requests/:id', async (c) => {
    const request = await gateway.ledger.request(c.req.param('id'));
    if (request) return c.json({ request });
    throw refusal(404, 'not_found', 'There is no such request in the ledger. Old ones are kept as sums of their days alone.');
  });
}

type Filter = Omit<z.output<typeof usageQuery>, 'by'>;

function filterOf({ since, until, outcome, search, key_name: key, ...names }: Filter): LedgerFilter {
  const where = Object.fromEntries(Object.entries({ ...names, key }).filter(([, value]) => value !== undefined));
  return { since, until, outcome, search, where };
}
