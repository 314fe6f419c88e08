import type { Context, Hono } from 'hono';
import { GatewayError } from '../../conversation/error.ts';
import { parseJson } from '../../conversation/json.ts';
import { providerDialect } from '../../dialects/registry.ts';
import { authOf, relayUrl, requestHeaders, urlWithCredential } from '../../providers/endpoint.ts';
import { redacted } from '../../routing/contexts.ts';
import type { Target } from '../../routing/target.ts';
import { readText } from '../../upstream/read-text.ts';
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
  const { provider, config } = account;
  const credential = await gateway.credentials.of(account);
  const response = await gateway.upstream.send({
    method,
    url: urlWithCredential(relayUrl(provider, endpoint, dialect, path, model, config), authOf(provider, endpoint), credential),
    headers: { accept: 'application/json', ...requestHeaders(provider, endpoint, dialect, credential, config), ...config.headers },
    signal: AbortSignal.timeout(FETCH_MS),
    proxy: config.proxy,
  });
  const text = redacted(await readText(response.body), credential);
  if (response.status < 400) return text;
  throw providerDialect(dialect).readError(
    response.status,
    response.headers,
    parseJson(text) ?? text,
    provider.errors ?? [],
    gateway.now(),
  );
}

function notFound(c: Context<Env>, id: string): Response {
  const message = `Response with id '${id.slice(0, 100)}' not found.`;
  return errorResponse(c, new GatewayError({ class: 'request', status: 404, code: 'not_found', message }), 'openai-responses');
}
