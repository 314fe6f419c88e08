import type { Hono } from 'hono';
import * as z from 'zod';
import { accountNamed } from '../../accounts/manage.ts';
import type { Env, Gateway } from '../context.ts';
import { checkedBody } from './body.ts';

const scope = z.strictObject({
  account: z.string().min(1).optional(),
  model: z.string().min(1).optional(),
  provider: z.string().min(1).optional(),
});

/** `/admin/health`: what is not well and what is limited; forgetting it by hand. */
export function healthRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/health', (c) => {
    const { health, limits } = gateway.router;
    return c.json({ health: health.list(), limits: limits.list() });
  });
  admin.post('/health/reset', async (c) => {
    const { account, ...rest } = await checkedBody(c, scope);
    const id = account === undefined ? {} : { account: accountNamed(gateway.config(), account).id };
    return c.json({ reset: gateway.router.health.reset({ ...id, ...rest }) });
  });
}
