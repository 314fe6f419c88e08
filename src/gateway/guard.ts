import type { Context, MiddlewareHandler } from 'hono';
import { findKey } from '../accounts/gateway-keys.ts';
import type { Settings } from '../config/schema.ts';
import { GatewayError } from '../conversation/error.ts';
import type { Env, Gateway } from './context.ts';
import { dialectOfPath } from './dialect-of-path.ts';
import { errorResponse } from './error-response.ts';

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * In front of every route: the Host must be ours (a page that rebinds its DNS name to 127.0.0.1 has its own), a browser's foreign
 * Origin is refused, and a key is required. In this order, so that a stranger learns nothing about keys.
 */
export function guard(gateway: Gateway): MiddlewareHandler<Env> {
  return async (c, next) => {
    c.set('requestId', `req_${gateway.newId()}`);
    const settings = gateway.config().settings.security;
    const problem = hostProblem(c.req.header('host'), settings) ?? originProblem(c, settings);
    if (problem) return errorResponse(c, problem, dialectOfPath(c.req.path));
    const given = keyOf(c);
    const key = given === undefined ? undefined : findKey(gateway.config().keys, given);
    if (!key) return errorResponse(c, unauthorized(given), dialectOfPath(c.req.path));
    c.set('key', key);
    return await next();
  };
}

function hostProblem(host: string | undefined, settings: Settings['security']): GatewayError | undefined {
  const name = (host ?? '').replace(/:\d*$/, '').toLowerCase();
  if (LOOPBACK_HOSTS.has(name) || settings.hosts.some((allowed) => allowed.toLowerCase() === name)) return undefined;
  return new GatewayError({
    class: 'policy',
    status: 403,
    code: 'host_not_allowed',
    message: `This gateway answers to 127.0.0.1, localhost and [::1] only, not to "${name.slice(0, 100)}". Other names can be listed in settings.security.hosts.`,
  });
}

function originProblem(c: Context<Env>, settings: Settings['security']): GatewayError | undefined {
  const origin = c.req.header('origin');
  const crossSite = c.req.header('sec-fetch-site') === 'cross-site';
  if (origin === undefined ? !crossSite : origin === `http://${c.req.header('host')}` || settings.origins.includes(origin))
    return undefined;
  return new GatewayError({
    class: 'policy',
    status: 403,
    code: 'origin_not_allowed',
    message: 'Requests from web pages are refused. A page you trust can be listed in settings.security.origins.',
  });
}

function unauthorized(given: string | undefined): GatewayError {
  const message =
    given === undefined
      ? 'A gateway key is required: send it as "Authorization: Bearer …", x-api-key or x-goog-api-key.'
      : 'This gateway key is not known here.';
  return new GatewayError({
    class: 'auth',
    status: 401,
    code: 'invalid_api_key',
    message: `${message} "omniroute key new NAME" makes one.`,
  });
}

/** The key, from any of the places the four dialects put it. */
function keyOf(c: Context<Env>): string | undefined {
  const bearer = /^Bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]?.trim();
  return bearer || c.req.header('x-api-key') || c.req.header('x-goog-api-key') || c.req.query('key') || undefined;
}
