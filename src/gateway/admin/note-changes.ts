import type { MiddlewareHandler } from 'hono';
import { configChanges } from '../../log/config-changes.ts';
import type { Env, Gateway } from '../context.ts';

/** Notes in the audit log what a request changed of the config, and whose key it came with; tells those who watch. */
export function noteChanges({ config, audit, events, now }: Pick<Gateway, 'config' | 'audit' | 'events' | 'now'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'GET') return await next();
    const before = config();
    await next();
    const after = config();
    if (after === before) return;
    events.publish({ type: 'config-changed', at: now() });
    for (const change of configChanges(before, after)) audit.audit({ who: c.get('key').name, ...change });
  };
}
