import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { ClientDialectId, DialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';
import { asString, isObject, type JsonObject } from '../conversation/json.ts';
import { relayUrl } from '../providers/endpoint.ts';
import { type Called, callAccount, failureOf, textOf } from '../routing/call-account.ts';
import type { AttemptRecord } from '../routing/exchange.ts';
import type { Plan } from '../routing/plan.ts';
import { setTopLevel } from '../routing/raw-edit.ts';
import { type AttemptTerms, type Ran, runPlan } from '../routing/run.ts';
import { sentSecrets } from '../routing/sent-secrets.ts';
import type { Target } from '../routing/target.ts';
import { asGatewayError, type UpstreamResponse } from '../upstream/http.ts';
import { Watchdog } from '../upstream/timers.ts';
import { parseBody, readBody } from './body.ts';
import { abortWhenGone } from './client-gone.ts';
import type { Env, Gateway } from './context.ts';
import { errorResponse, headerText } from './error-response.ts';
import { planFor } from './plan-for.ts';
import { withoutEcho } from './relay-failure.ts';
import { RelayRecord } from './relay-record.ts';
import { RelayUsage } from './relay-usage.ts';
import { asError, totalTimeout } from './turn-error.ts';

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

/** An answer that has begun: its head and first piece are there. */
interface Begun {
  response: UpstreamResponse;
  first: Uint8Array;
  rest: AsyncIterator<Uint8Array>;
  watchdog: Watchdog;
  signal: AbortSignal;
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
  const deadline = setTimeout(() => abort.abort(totalTimeout(timeouts.totalMs)), timeouts.totalMs);
  const record = new RelayRecord(c, gateway, route.errors);
  let status = 200;
  try {
    const text = await readBody(c.env.incoming, security.maxBodyBytes);
    const ran = await ask(c, gateway, route, { text, body: parseBody(text) }, { signal: abort.signal, record });
    status = ran.answer.response.status;
    await handBack(c, ran, record);
    return RESPONSE_ALREADY_SENT;
  } catch (thrown) {
    const error = asError(thrown, abort.signal);
    record.failed(thrown, error);
    if (outgoing.headersSent) {
      // Nothing in these forms can tell a failure in the middle; an aborted connection cannot be taken for an end.
      outgoing.destroy();
      return RESPONSE_ALREADY_SENT;
    }
    const response = errorResponse(c, error, route.errors);
    status = response.status;
    return response;
  } finally {
    clearTimeout(deadline);
    record.finish(status);
  }
}

/** What one request is asked under. */
interface Terms {
  signal: AbortSignal;
  record: RelayRecord;
}

/** The first target that answers, of those that know this form. */
async function ask(
  c: Context<Env>,
  gateway: Gateway,
  route: RelayRoute,
  { text, body }: { text: string; body: JsonObject },
  { signal, record }: Terms,
): Promise<Ran<Begun>> {
  const { router, now } = gateway;
  const { settings } = gateway.config();
  const asker = { key: c.get('key').name };
  const needs = { tools: false, vision: false, inputTokens: Math.ceil(text.length / 4) };
  const model = modelOf(route, body);
  record.asked(model, body);
  const plan = relayed(planFor(c, gateway, { model, client: route.errors, needs, asker }), route);
  record.planned(plan);
  router.begin(plan);
  const onAttempt = (attempt: AttemptRecord): void => record.attempted(attempt);
  const context = { books: router, settings, asker, needs, signal, now, random: Math.random, warn: () => {}, onAttempt };
  return await runPlan(plan, context, (target, terms) => begin(gateway, target, route, { text, body }, terms));
}

/** Asks one target; resolves at the first piece of its answer. */
async function begin(
  gateway: Gateway,
  target: Target,
  route: RelayRoute,
  { text, body }: { text: string; body: JsonObject },
  { signal, onHeaders }: AttemptTerms,
): Promise<Begun> {
  const own = new AbortController();
  signal.addEventListener('abort', () => own.abort(signal.reason), { once: true });
  if (signal.aborted) own.abort(signal.reason);
  const watchdog = new Watchdog(gateway.config().settings.timeouts, (error) => own.abort(error));
  try {
    const called = await send(gateway, target, route, text, body, { signal: own.signal, onHeaders });
    const { response } = called;
    const rest = (response.body as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
    const first = await rest.next();
    if (first.done) throw new GatewayError({ class: 'empty', code: 'empty_answer', message: 'The provider answered with an empty body.' });
    watchdog.touch();
    const pieces = await withoutEcho({ first: first.value, rest }, () => sentSecrets(called));
    return { response, ...pieces, watchdog, signal: own.signal };
  } catch (error) {
    watchdog.stop();
    own.abort();
    throw asGatewayError(error, { url: '', signal: own.signal });
  }
}

function modelOf(route: RelayRoute, body: JsonObject): string {
  const model = route.model ?? asString(body.model);
  if (model) return model;
  throw new GatewayError({ class: 'request', code: 'missing_field', param: 'model', message: "Missing required parameter: 'model'." });
}

/** The plan with those targets alone whose provider knows the form, addressed in it. */
function relayed(plan: Plan, route: RelayRoute): Plan {
  const steps = plan.steps.flatMap((step) => spoken(step, route));
  const skipped = plan.skipped.flatMap((entry) => spoken(entry, route));
  if (steps.length + skipped.length > 0) return { ...plan, steps, skipped };
  throw new GatewayError({
    class: 'capability',
    status: 404,
    code: 'not_supported',
    message: `No account for "${plan.requested}" offers ${route.path.replace('{model}', plan.requested)}.`,
  });
}

function spoken<T extends { target: Target }>(entry: T, route: RelayRoute): T[] {
  const { provider } = entry.target.account;
  if (provider.offline) return [];
  for (const dialect of route.dialects) {
    const endpoint = provider.endpoints[dialect];
    if (endpoint) return [{ ...entry, target: { ...entry.target, dialect, endpoint } }];
  }
  return [];
}

async function send(
  gateway: Gateway,
  target: Target,
  route: RelayRoute,
  text: string,
  body: JsonObject,
  { signal, onHeaders }: Pick<AttemptTerms, 'signal' | 'onHeaders'>,
): Promise<Called> {
  const { account, endpoint, dialect, model } = target;
  const url = relayUrl(account.provider, endpoint, dialect, route.path, model, account.config);
  const called = await callAccount(gateway, target, { method: 'POST', url, body: addressed(text, body, model), signal });
  onHeaders(called.response.headers);
  if (called.response.status < 400) return called;
  throw failureOf(target, called, await textOf(called), gateway.now());
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

async function handBack(c: Context<Env>, ran: Ran<Begun>, record: RelayRecord): Promise<void> {
  const { outgoing } = c.env;
  const { response, first, rest, watchdog, signal } = ran.answer;
  outgoing.writeHead(response.status, {
    'content-type': response.headers['content-type'] ?? 'application/json',
    'x-request-id': c.get('requestId'),
    'x-omniroute-target': headerText(ran.target.name),
    'x-omniroute-account': headerText(ran.target.account.config.name),
    'x-omniroute-attempts': String(ran.attempts.length),
  });
  record.answered(ran.target, ran.attempts);
  const usage = new RelayUsage();
  let broken: GatewayError | undefined;
  try {
    for (let piece: IteratorResult<Uint8Array> = { value: first }; !piece.done; piece = await rest.next()) {
      watchdog.touch();
      usage.see(piece.value);
      if (!outgoing.write(piece.value)) await new Promise<void>((resolve) => void outgoing.once('drain', resolve).once('close', resolve));
    }
    outgoing.end();
  } catch (error) {
    broken = asGatewayError(error, { url: '', signal });
  }
  watchdog.stop();
  const told = usage.read();
  record.used(told);
  ran.finished(told, broken);
  if (broken) throw broken;
}
