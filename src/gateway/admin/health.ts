import type { Hono } from 'hono';
import * as z from 'zod';
import { accountNamed } from '../../accounts/manage.ts';
import type { Env, Gateway } from '../context.ts';
import { EventLoopWatch } from '../event-loop-watch.ts';
import { checkedBody } from './body.ts';

const scope = z.strictObject({
  account: z.string().min(1).optional(),
  model: z.string().min(1).optional(),
  provider: z.string().min(1).optional(),
});

/** `/admin/health`: what is not well, what is limited, and how the gateway itself fares; forgetting by hand what is not well. */
export function healthRoutes(admin: Hono<Env>, gateway: Gateway): void {
  const startedAt = Date.now();
  const loop = new EventLoopWatch();
  admin.get('/health', (c) => {
    const { health, limits } = gateway.router;
    const { rss, heapUsed, heapTotal, external } = process.memoryUsage();
    const own = {
      startedAt,
      uptimeMs: Date.now() - startedAt,
      memory: { rss, heapUsed, heapTotal, external },
      eventLoopDelayMs: loop.read(),
      requestsRunning: gateway.running.count,
    };
    return c.json({ health: health.list(), limits: limits.list(), process: own });
  });
  admin.post('/health/reset', async (c) => {
    const { account, ...rest } = await checkedBody(c, scope);
    const id = account === undefined ? {} : { account: accountNamed(gateway.config(), account).id };
    return c.json({ reset: gateway.router.health.reset({ ...id, ...rest }) });
  });
}
