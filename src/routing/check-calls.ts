import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account.ts';
import { GatewayError } from '../conversation/error.ts';
import { isObject, type JsonObject, parseJson } from '../conversation/json.ts';
import type { ChatRequest } from '../conversation/request.ts';
import { clientDialect, providerDialect } from '../dialects/registry.ts';
import { endpointFor, endpointsOf, modelsUrl, parseModelList } from '../providers/endpoint.ts';
import type { ModelInfo } from '../providers/provider.ts';
import { asGatewayError } from '../upstream/http.ts';
import { type Callee, type Caller, callAccount, failureOf, textOf } from './call-account.ts';
import { readContext } from './contexts.ts';
import type { Exchange } from './exchange.ts';
import { outgoingFor } from './outgoing.ts';
import type { Target } from './target.ts';
import { holdsEvents } from './unnamed-stream.ts';

type Context = Caller & { now(): number };

/** The two questions a check asks. Failures the provider answered with are values; those on the way to it are thrown. */

/** The account's models, or the provider's refusal; `undefined` where the provider has no list. */
export async function askForModels(
  context: Context,
  account: Account,
  signal: AbortSignal,
): Promise<{ models: ModelInfo[] } | { error: GatewayError } | undefined> {
  const url = modelsUrl(account.provider, account.config);
  const first = endpointsOf(account.provider, account.config)[0];
  if (!url || !first) return undefined;
  const callee = { account, ...first };
  const { status, text, failure } = await asked(context, callee, { method: 'GET', url, signal });
  if (failure) return { error: failure };
  const body = parseJson(text);
  if (status !== 200 || body === undefined) return { error: notJson(text) };
  const models = parseModelList(account.provider.models.shape, body);
  return models.length === 0 && isObject(body) && isFailure(body) ? { error: refusalIn200(callee, body, context) } : { models };
}

/** Asks for a completion of one token. `undefined` when one came, else the provider's refusal. */
export async function askForCompletion(
  context: Context,
  account: Account,
  model: string,
  signal: AbortSignal,
): Promise<GatewayError | undefined> {
  const target = targetFor(account, model);
  const exchange = exchangeFor(model, signal, context);
  const { url, body } = outgoingFor(exchange, target, undefined);
  const { text, failure } = await asked(context, target, { method: 'POST', url, body, signal });
  if (failure) return failure;
  const json = parseJson(text);
  // Some hosts stream whatever they are asked; a stream that began is an answer.
  if (!isObject(json)) return holdsEvents(text) || Array.isArray(json) ? undefined : notJson(text);
  if (isFailure(json)) return refusalIn200(target, json, context);
  const read = providerDialect(target.dialect).readResponse(json, readContext(exchange, target));
  return read.ok ? undefined : read.error;
}

async function asked(
  context: Context,
  callee: Callee,
  call: { method: 'GET' | 'POST'; url: string; body?: string; signal: AbortSignal },
): Promise<{ status: number; text: string; failure: GatewayError | undefined }> {
  try {
    const called = await callAccount(context, callee, call);
    const text = await textOf(called);
    const { status } = called.response;
    return { status, text, failure: status >= 400 ? failureOf(callee, called, text, context.now()) : undefined };
  } catch (error) {
    throw asGatewayError(error, call);
  }
}

/** Relays answer 200 to a bad key: `{"error": …}`, or `{"success": false, "message": …}` (New API and its kin). */
const isFailure = (body: JsonObject): boolean => (body.error !== undefined && body.error !== null) || body.success === false;

/** Classed as the 400 it should have been: what a vendor says is then looked at, and nothing is made of the status. */
function refusalIn200(callee: Callee, body: JsonObject, { now }: Context): GatewayError {
  const { dialect, account } = callee;
  return providerDialect(dialect).readError(400, {}, body, account.provider.errors ?? [], now());
}

function notJson(text: string): GatewayError {
  const shown = text.trim().slice(0, 200);
  return new GatewayError({
    class: 'overload',
    status: 502,
    code: 'bad_response',
    message: shown ? `The provider answered with something that is not JSON: ${shown}` : 'The provider answered with an empty body.',
  });
}

function targetFor(account: Account, model: string): Target {
  const { provider, config, prefix } = account;
  const first = endpointsOf(provider, config)[0]?.dialect ?? 'openai-chat';
  const chosen = endpointFor(provider, first, model, config);
  if (!chosen) throw new GatewayError({ class: 'capability', code: 'no_endpoint', message: `${provider.name} has no endpoint for chat.` });
  const info = provider.models.seed.find(({ id }) => id === model);
  return { account, model, name: `${prefix}/${model}`, ...chosen, ...(info ? { info } : {}) };
}

/** `expanded`: there is no client whose bytes could pass through, so the target's own dialect writes the request. */
function exchangeFor(model: string, signal: AbortSignal, { now }: Context): Exchange {
  const request: ChatRequest = {
    dialect: 'openai-chat',
    model,
    messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
    sampling: { maxTokens: 1 },
    stream: false,
  };
  return {
    id: 'check',
    client: clientDialect('openai-chat'),
    request,
    body: '',
    parsed: {},
    expanded: true,
    headers: {},
    signal,
    warn: () => {},
    now,
    newId: () => randomUUID().replaceAll('-', ''),
  };
}
