import type { MiddlewareHandler } from 'hono';
import { configChanges } from '../../log/config-changes.ts';
import type { Env, Gateway } from '../context.ts';

/** Notes in the audit log what a request changed of the config, and whose key it came with. */
export function noteChanges({ config, audit }: Pick<Gateway, 'config' | 'audit'>): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (c.req.method === 'GET') return await next();
    const before = config();
    await next();
    const after = config();
    if (after === before) return;
    for (const change of configChanges(before, after)) audit.audit({ who: c.get('key').name, ...change });
  };
}
