import type { Context, Hono } from 'hono';
import { GatewayError } from '../../conversation/error.ts';
import { relayUrl } from '../../providers/endpoint.ts';
import { callAccount, failureOf, textOf } from '../../routing/call-account.ts';
import type { Target } from '../../routing/target.ts';
import type { Env, Gateway } from '../context.ts';
import { errorResponse, headerText } from '../error-response.ts';

const FETCH_MS = 60_000;

/**
 * `DELETE /v1/responses/{id}` forgets a stored conversation. `GET` and `POST …/cancel` ask the account that runs a background response;
 * which one that is, is known until the gateway stops.
 */
export function storedResponseRoutes(app: Hono<Env>, gateway: Gateway, prefix: string): void {
  app.delete(`${prefix}/responses/:id`, (c) => {
    const id = c.req.param('id');
    return gateway.responses.delete(id) ? c.json({ id, object: 'response', deleted: true }) : notFound(c, id);
  });
  app.get(`${prefix}/responses/:id`, (c) => askOwner(c, gateway, c.req.param('id'), 'GET', ''));
  app.post(`${prefix}/responses/:id/cancel`, (c) => askOwner(c, gateway, c.req.param('id'), 'POST', '/cancel'));
}

async function askOwner(c: Context<Env>, gateway: Gateway, id: string, method: 'GET' | 'POST', action: string): Promise<Response> {
  const target = gateway.pending.get(id);
  if (!target) return notFound(c, id);
  try {
    const text = await fetchFrom(gateway, target, method, `/responses/${encodeURIComponent(id)}${action}`);
    const headers = {
      'content-type': 'application/json',
      'x-request-id': c.get('requestId'),
      'x-omniroute-target': headerText(target.name),
    };
    return c.body(text, 200, { ...headers, 'x-omniroute-account': headerText(target.account.config.name), 'x-omniroute-attempts': '1' });
  } catch (error) {
    if (error instanceof GatewayError) return errorResponse(c, error, 'openai-responses');
    throw error;
  }
}

async function fetchFrom(gateway: Gateway, target: Target, method: 'GET' | 'POST', path: string): Promise<string> {
  const { account, endpoint, dialect, model } = target;
  const url = relayUrl(account.provider, endpoint, dialect, path, model, account.config);
  const called = await callAccount(gateway, target, { method, url, signal: AbortSignal.timeout(FETCH_MS) });
  const text = await textOf(called);
  if (called.response.status < 400) return text;
  throw failureOf(target, called, text, gateway.now());
}

function notFound(c: Context<Env>, id: string): Response {
  const message = `Response with id '${id.slice(0, 100)}' not found.`;
  return errorResponse(c, new GatewayError({ class: 'request', status: 404, code: 'not_found', message }), 'openai-responses');
}
