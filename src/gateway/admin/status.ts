import type { Hono } from 'hono';
import type { Env, Gateway } from '../context.ts';

/** `/admin/status`: what the command line and the editor show. */
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
}
