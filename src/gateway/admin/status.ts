import type { Hono } from 'hono';
import type { Env, Gateway } from '../context.ts';

/** `/admin/status` and `/admin/requests`: what the command line and the editor show. */
export function statusRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/status', (c) =>
    c.json({
      version: gateway.version,
      pid: process.pid,
      accounts: gateway
        .accounts()
        .map(({ config, provider, prefix }) => ({ id: config.id, name: config.name, provider: provider.id, prefix, tier: provider.tier })),
      combos: gateway.config().combos.map(({ name, targets, enabled }) => ({ name, targets, enabled })),
      requests: gateway.records.list().length,
      blocked: gateway.router.health.list().filter(({ block }) => block !== undefined),
    }),
  );
  admin.get('/requests', (c) => {
    const limit = Math.max(1, Math.min(1000, Number(c.req.query('limit')) || 100));
    return c.json({ requests: gateway.records.list().slice(-limit) });
  });
}
