import type { Hono } from 'hono';
import * as z from 'zod';
import { saveBudgets } from '../../accounts/manage.ts';
import type { Env, Gateway } from '../context.ts';
import { checkedBody } from './body.ts';
import { change } from './change.ts';

/** `/admin/budgets`: what may be spent, and what was. */
export function budgetRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/budgets', (c) => c.json({ budgets: gateway.config().budgets }));
  admin.get('/budgets/state', (c) => c.json({ budgets: gateway.router.budgets.list() }));
  admin.put('/budgets', async (c) => {
    const { budgets } = await checkedBody(c, z.strictObject({ budgets: z.array(z.unknown()) }));
    return c.json({ budgets: await change(gateway, (config) => saveBudgets(config, budgets)) });
  });
}
