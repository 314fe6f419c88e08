import type { Context, MiddlewareHandler } from 'hono';
import { type KeyLookup, lookUpKey } from '../accounts/gateway-keys.ts';
import { KeyRates } from '../accounts/key-rate.ts';
import type { KeyConfig, Settings } from '../config/schema.ts';
import { GatewayError } from '../conversation/error.ts';
import type { Env, Gateway } from './context.ts';
import { dialectOfPath } from './dialect-of-path.ts';
import { errorResponse } from './error-response.ts';

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * In front of every route: the Host must be ours (a page that rebinds its DNS name to 127.0.0.1 has its own), a browser's foreign
 * Origin is refused, and a key is required that is still good and has requests left this minute. In this order, so that a stranger
 * learns nothing about keys. `greet` answers what needs no key: the handshake of a window that does not send its own before it knows us.
 */
export function guard(
  gateway: Pick<Gateway, 'config' | 'newId' | 'now'> & { redactor?: Gateway['redactor'] },
  greet: (c: Context<Env>) => Response | undefined = () => undefined,
): MiddlewareHandler<Env> {
  const rates = new KeyRates();
  return async (c, next) => {
    c.set('requestId', `req_${gateway.newId()}`);
    const settings = gateway.config().settings.security;
    const problem = hostProblem(c.req.header('host'), settings) ?? originProblem(c, settings);
    if (problem) return errorResponse(c, problem, dialectOfPath(c.req.path));
    const greeting = greet(c);
    if (greeting) return greeting;
    const given = keyOf(c);
    const now = gateway.now();
    const found: KeyLookup = given === undefined ? { is: 'unknown' } : lookUpKey(gateway.config().keys, given, now);
    if (found.is !== 'known') return errorResponse(c, unauthorized(found, given), dialectOfPath(c.req.path));
    const key = found.entry;
    // Only a good one: with wrong ones a stranger could push the real ones out.
    gateway.redactor?.add(given);
    const tooMany = callsModel(c) ? rateProblem(rates, key, now) : undefined;
    if (tooMany) return errorResponse(c, tooMany, dialectOfPath(c.req.path));
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

function unauthorized(found: Exclude<KeyLookup, { is: 'known' }>, given: string | undefined): GatewayError {
  return new GatewayError({
    class: 'auth',
    status: 401,
    code: found.is === 'unknown' ? 'invalid_api_key' : 'key_expired',
    message: `${whyRefused(found, given)} "omniroute key new NAME" makes one.`,
  });
}

function whyRefused(found: Exclude<KeyLookup, { is: 'known' }>, given: string | undefined): string {
  switch (found.is) {
    case 'expired':
      return `This gateway key, "${found.entry.name}", expired at ${found.until}.`;
    case 'replaced':
      return `This gateway key, "${found.entry.name}", was replaced by a new one and expired at ${found.until}.`;
    case 'unknown':
      return given === undefined
        ? 'A gateway key is required: send it as "Authorization: Bearer …", x-api-key or x-goog-api-key.'
        : 'This gateway key is not known here.';
  }
}

/** POST routes that ask no model: administration, counting tokens (tools do it before every turn), ending what was begun. */
const ASKS_NO_MODEL = /^\/admin(?:\/|$)|\/count_tokens$|:countTokens$|\/input_tokens$|\/cancel$/;

function callsModel(c: Context<Env>): boolean {
  return c.req.method === 'POST' && !ASKS_NO_MODEL.test(c.req.path);
}

function rateProblem(rates: KeyRates, key: KeyConfig, now: number): GatewayError | undefined {
  const wait = key.rpm === undefined ? undefined : rates.take(key.id, key.rpm, now);
  if (wait === undefined) return undefined;
  return new GatewayError({
    class: 'rate',
    code: 'key_rate_limited',
    message: `The gateway key "${key.name}" may make ${key.rpm} requests a minute. The next one can be made in ${Math.ceil(wait / 1000)} s.`,
    retryAfterMs: wait,
  });
}

/** The key, from any of the places the four dialects put it. */
function keyOf(c: Context<Env>): string | undefined {
  const bearer = /^Bearer\s+(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1]?.trim();
  return bearer || c.req.header('x-api-key') || c.req.header('x-goog-api-key') || c.req.query('key') || undefined;
}
