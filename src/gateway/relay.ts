import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { ClientDialectId, DialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';
import { asString, isObject, type JsonObject } from '../conversation/json.ts';
import { relayUrl } from '../providers/endpoint.ts';
import { callAccount, failureOf, textOf } from '../routing/call-account.ts';
import { setTopLevel } from '../routing/raw-edit.ts';
import type { Target } from '../routing/target.ts';
import { asGatewayError, type UpstreamResponse } from '../upstream/http.ts';
import { Watchdog } from '../upstream/timers.ts';
import { parseBody, readBody } from './body.ts';
import { abortWhenGone } from './client-gone.ts';
import type { Env, Gateway } from './context.ts';
import { targetsOf } from './directory.ts';
import { errorResponse, headerText } from './error-response.ts';

/** A kind of request that is handed on in its own form: embeddings, rerank, legacy completions. */
export interface RelayRoute {
  /** Provider dialects whose hosts know this path under their base URL. */
  dialects: readonly DialectId[];
  /** What is appended to the base URL; may hold `{model}`. */
  path: string;
  /** The dialect whose errors the client understands. */
  errors: ClientDialectId;
  /** The model, where the URL names it. */
  model?: string;
}

/**
 * Hands a request that is no chat turn to the first account that speaks its form, and the answer back as it is: bytes untouched but
 * for the model's name. No translation, and no falling back once an answer has begun.
 */
export async function relay(c: Context<Env>, gateway: Gateway, route: RelayRoute): Promise<Response> {
  const abort = new AbortController();
  const { outgoing } = c.env;
  abortWhenGone(outgoing, abort);
  const { timeouts, security } = gateway.config().settings;
  const watchdog = new Watchdog(timeouts, (error) => abort.abort(error));
  try {
    const text = await readBody(c.env.incoming, security.maxBodyBytes);
    const body = parseBody(text);
    const target = targetOf(c, gateway, route, body);
    const response = await send(gateway, target, route, text, body, abort.signal);
    const headers = {
      'x-request-id': c.get('requestId'),
      'x-omniroute-target': headerText(target.name),
      'x-omniroute-account': headerText(target.account.config.name),
      'x-omniroute-attempts': '1',
    };
    await handBack(c, response, watchdog, headers);
    return RESPONSE_ALREADY_SENT;
  } catch (error) {
    if (outgoing.headersSent) {
      // Nothing in these forms can tell a failure in the middle; an aborted connection cannot be taken for an end.
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    return errorResponse(c, asGatewayError(error, { url: '', signal: abort.signal }), route.errors);
  } finally {
    watchdog.stop();
  }
}

function targetOf(c: Context<Env>, gateway: Gateway, route: RelayRoute, body: JsonObject): Target {
  const model = route.model ?? asString(body.model);
  if (!model)
    throw new GatewayError({ class: 'request', code: 'missing_field', param: 'model', message: "Missing required parameter: 'model'." });
  for (const target of targetsOf(c, gateway, model, route.errors)) {
    if (target.account.provider.offline) continue;
    for (const dialect of route.dialects) {
      const endpoint = target.account.provider.endpoints[dialect];
      if (endpoint) return { ...target, dialect, endpoint };
    }
  }
  throw new GatewayError({
    class: 'capability',
    status: 404,
    code: 'not_supported',
    message: `No account for "${model}" offers ${route.path.replace('{model}', model)}.`,
  });
}

async function send(
  gateway: Gateway,
  target: Target,
  route: RelayRoute,
  text: string,
  body: JsonObject,
  signal: AbortSignal,
): Promise<UpstreamResponse> {
  const { account, endpoint, dialect, model } = target;
  const url = relayUrl(account.provider, endpoint, dialect, route.path, model, account.config);
  const called = await callAccount(gateway, target, { method: 'POST', url, body: addressed(text, body, model), signal });
  if (called.response.status < 400) return called.response;
  throw failureOf(target, called.response, await textOf(called), gateway.now());
}

/** The body with the vendor's model name; Gemini's batches name it in each of their requests. */
function addressed(text: string, body: JsonObject, model: string): string {
  const name = (given: unknown): string => (asString(given)?.startsWith('models/') ? `models/${model}` : model);
  let edited = text;
  if ('model' in body) edited = setTopLevel(edited, 'model', JSON.stringify(name(body.model))) ?? edited;
  if (!Array.isArray(body.requests)) return edited;
  const requests = body.requests.map((entry) => (isObject(entry) && 'model' in entry ? { ...entry, model: name(entry.model) } : entry));
  return setTopLevel(edited, 'requests', JSON.stringify(requests)) ?? edited;
}

async function handBack(c: Context<Env>, response: UpstreamResponse, watchdog: Watchdog, headers: Record<string, string>): Promise<void> {
  const { outgoing } = c.env;
  outgoing.writeHead(response.status, { 'content-type': response.headers['content-type'] ?? 'application/json', ...headers });
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    watchdog.touch();
    if (!outgoing.write(chunk)) await new Promise<void>((resolve) => void outgoing.once('drain', resolve).once('close', resolve));
  }
  outgoing.end();
}
