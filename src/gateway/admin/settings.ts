import type { Hono } from 'hono';
import { mergePatch } from '../../accounts/merge-patch.ts';
import { type Settings, settingsSchema } from '../../config/settings.ts';
import type { Env, Gateway } from '../context.ts';
import { checked, jsonBody } from './body.ts';
import { change } from './change.ts';

/**
 * `/admin/settings`: shown whole, changed by JSON Merge Patch; `null` gives a setting its default back. `restartNeeded` names those that
 * were changed since the gateway started and count from its next start on.
 */
export function settingsRoutes(admin: Hono<Env>, gateway: Gateway): void {
  const atStart = readAtStart(gateway.config().settings);
  const view = (settings: Settings) => {
    const restartNeeded = Object.entries(readAtStart(settings)).flatMap(([path, value]) => (value === atStart[path] ? [] : [path]));
    return { settings, ...(restartNeeded.length > 0 ? { restartNeeded } : {}) };
  };
  admin.get('/settings', (c) => c.json(view(gateway.config().settings)));
  admin.patch('/settings', async (c) => {
    const patch = await jsonBody(c);
    const settings = await change(gateway, (config) => {
      config.settings = checked(settingsSchema, mergePatch(config.settings, patch));
      return config.settings;
    });
    return c.json(view(settings));
  });
}

/** Settings that are built into something that lives as long as the gateway does, by their path. */
function readAtStart({ timeouts, responses }: Settings): Record<string, number> {
  return {
    'timeouts.connectMs': timeouts.connectMs,
    'responses.maxEntries': responses.maxEntries,
    'responses.maxBytes': responses.maxBytes,
  };
}
