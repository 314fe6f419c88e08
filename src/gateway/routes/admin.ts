import type { Hono } from 'hono';
import type { Env, Gateway } from '../context.ts';

/** What the command line and the editor ask a running gateway. */
export function adminRoutes(app: Hono<Env>, gateway: Gateway): void {
  app.get('/admin/status', (c) =>
    c.json({
      version: gateway.version,
      pid: process.pid,
      accounts: gateway
        .accounts()
        .map(({ config, provider, prefix }) => ({ id: config.id, name: config.name, provider: provider.id, prefix, tier: provider.tier })),
      combos: gateway.config().combos.map(({ name, targets }) => ({ name, targets })),
      requests: gateway.records.list().length,
    }),
  );
  app.get('/admin/requests', (c) => {
    const limit = Math.max(1, Math.min(1000, Number(c.req.query('limit')) || 100));
    return c.json({ requests: gateway.records.list().slice(-limit) });
  });
}
