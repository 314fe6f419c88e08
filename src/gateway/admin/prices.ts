import type { Hono } from 'hono';
import * as z from 'zod';
import { pricesSchema } from '../../config/prices.ts';
import type { Env, Gateway } from '../context.ts';
import { checkedBody } from './body.ts';
import { change } from './change.ts';

/** `/admin/prices`: what the user says models cost. Their order is the order they are tried in, so they are saved whole. */
export function priceRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/prices', (c) => c.json({ prices: gateway.config().prices }));
  admin.put('/prices', async (c) => {
    const { prices } = await checkedBody(c, z.strictObject({ prices: pricesSchema }));
    const saved = await change(gateway, (config) => {
      config.prices = prices;
      return config.prices;
    });
    return c.json({ prices: saved });
  });
}
