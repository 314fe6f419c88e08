import type { MiddlewareHandler } from 'hono';
import { isAdmin } from '../../accounts/gateway-keys.ts';
import type { Env } from '../context.ts';
import { refusal } from './errors.ts';

/** For what even looking at needs an admin key; `why` is what others are told. */
export function adminOnly(why: string): MiddlewareHandler<Env> {
  return async (c, next) => {
    if (isAdmin(c.get('key'))) return await next();
    throw refusal(403, 'admin_key_required', why);
  };
}

/** Who may: looking needs a key that is not limited to some models; changing (and testing, which costs) needs an admin key. */
export const permission: MiddlewareHandler<Env> = async (c, next) => {
  const key = c.get('key');
  if (isAdmin(key)) return await next();
  if (c.req.method === 'GET' && !key.models) return await next();
  const what = c.req.method === 'GET' ? 'is limited to some models' : 'may not change anything';
  throw refusal(403, 'admin_key_required', `The key "${key.name}" ${what}. "omniroute key new NAME --admin" makes one that may.`);
};
