import type { Context, Hono } from 'hono';
import type { Capture } from '../../ledger/capture/capture.ts';
import type { Env, Gateway } from '../context.ts';
import { refusal } from './errors.ts';
import { adminOnly } from './permission.ts';

/** `/admin/captures`: whole exchanges, where the user has them kept. They hold prompts, so looking needs an admin key as well. */
export function captureRoutes(admin: Hono<Env>, gateway: Gateway): void {
  const only = adminOnly('Captures hold prompts: only an admin key may see them.');
  admin.get('/captures', only, async (c) => {
    const captures = await gateway.captures.list();
    return c.json({ settings: gateway.config().settings.ledger.capture, captures: captures.map(summary) });
  });
  admin.get('/captures/:id', only, async (c: Context<Env>) => {
    const capture = await gateway.captures.get(c.req.param('id') ?? '');
    if (capture) return c.json({ capture });
    throw refusal(404, 'not_found', 'There is no such capture. "settings.ledger.capture" says how many are kept, and for how long.');
  });
  admin.delete('/captures', only, async (c) => {
    await gateway.captures.clear();
    return c.json({ captures: [] });
  });
}

function summary({ id, at, record, sent }: Capture): Record<string, unknown> {
  const { key, client, dialect, requested, target, account, status, totalMs, error } = record;
  return { id, at, key, client, dialect, requested, target, account, status, totalMs, error: error?.class, sent: sent.length };
}
