import type { Hono } from 'hono';
import { mergePatch } from '../../accounts/merge-patch.ts';
import { settingsSchema } from '../../config/settings.ts';
import type { Env, Gateway } from '../context.ts';
import { checked, jsonBody } from './body.ts';
import { change } from './change.ts';

/** `/admin/settings`: shown whole, changed by JSON Merge Patch; `null` gives a setting its default back. */
export function settingsRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/settings', (c) => c.json({ settings: gateway.config().settings }));
  admin.patch('/settings', async (c) => {
    const patch = await jsonBody(c);
    const settings = await change(gateway, (config) => {
      config.settings = checked(settingsSchema, mergePatch(config.settings, patch));
      return config.settings;
    });
    return c.json({ settings });
  });
}
