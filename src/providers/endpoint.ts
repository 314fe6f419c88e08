import type { DialectId } from '../conversation/dialect-id.ts';
import { GatewayError } from '../conversation/error.ts';
import { normalBaseUrl } from './base-url.ts';
import type { Endpoint, Provider } from './provider.ts';
import { type AccountAddress, fillUrl, parameterValues } from './url-template.ts';

export { authOf, requestHeaders, urlWithCredential } from './request-headers.ts';
export type { AccountAddress } from './url-template.ts';

export interface EndpointChoice {
  dialect: DialectId;
  endpoint: Endpoint;
}

export interface RequestTarget {
  /** The vendor's model id, without our prefix. */
  model: string;
  stream: boolean;
  account: AccountAddress;
}

/** The dialects' own paths after a base URL, and their methods where those stand in the path. */
const PATH: Record<DialectId, string> = {
  'openai-chat': '/chat/completions',
  'openai-responses': '/responses',
  'anthropic-messages': '/messages',
  gemini: '/models/{model}:{action}',
  'bedrock-converse': '/model/{model}/{action}',
  'cohere-chat': '/chat',
  ollama: '/chat',
};

function actionOf(dialect: DialectId, stream: boolean): string {
  if (dialect === 'bedrock-converse') return stream ? 'converse-stream' : 'converse';
  return stream ? 'streamGenerateContent' : 'generateContent';
}

/** The endpoints an account offers, in the provider's order: with a base URL of his own, only those that live under one base. */
export function endpointsOf(provider: Provider, account: AccountAddress): EndpointChoice[] {
  const all = (Object.entries(provider.endpoints) as [DialectId, Endpoint | undefined][]).flatMap(([dialect, endpoint]) =>
    endpoint ? [{ dialect, endpoint }] : [],
  );
  return userBase(account) ? all.filter(({ endpoint }) => endpoint.baseUrl === all[0]?.endpoint.baseUrl) : all;
}

/**
 * Where a request for `model` goes: in the dialect the model is bound to, else in the client's own where the provider speaks it, else in
 * the provider's first. `undefined` when the provider has no endpoint for this account.
 */
export function endpointFor(
  provider: Provider,
  clientDialect: DialectId,
  model: string,
  account: AccountAddress,
): EndpointChoice | undefined {
  const offered = endpointsOf(provider, account);
  const speaking = (dialect: DialectId | undefined): EndpointChoice | undefined => offered.find((choice) => choice.dialect === dialect);
  return speaking(boundDialect(provider, model)) ?? speaking(clientDialect) ?? offered[0];
}

function boundDialect(provider: Provider, model: string): DialectId | undefined {
  const listed = provider.models.seed.find(({ id }) => id === model)?.dialect;
  return listed ?? provider.modelDialects?.find(({ match }) => match.test(model))?.dialect;
}

function userBase(account: AccountAddress): string | undefined {
  return account.baseUrl?.trim() || account.parameters?.baseUrl?.trim() || undefined;
}

/** The endpoint's base URL for this account: the user's own where he gave one, else the provider's with its parameters filled in. */
function baseOf(provider: Provider, endpoint: Endpoint, dialect: DialectId, account: AccountAddress): string {
  const own = userBase(account);
  return own ? normalBaseUrl(own, dialect) : fillUrl(provider, endpoint.baseUrl, parameterValues(provider, account));
}

/** A model id as one path segment. `@` (Vertex versions) may stand as it is (RFC 3986 §3.3); Bedrock's ARNs are encoded whole. */
function encodeModel(model: string, dialect: DialectId): string {
  const id = dialect === 'gemini' ? model.replace(/^models\//, '') : model;
  if (id === '' || id === '.' || id === '..') {
    throw new GatewayError({ class: 'capability', code: 'model_not_found', message: `"${model}" is no model name.` });
  }
  return encodeURIComponent(id).replaceAll('%40', '@');
}

function urlWith(
  provider: Provider,
  endpoint: Endpoint,
  dialect: DialectId,
  account: AccountAddress,
  path: string,
  more: Record<string, string>,
): string {
  const values = parameterValues(provider, account);
  const url = new URL(baseOf(provider, endpoint, dialect, account) + fillUrl(provider, path, values));
  for (const [name, template] of Object.entries({ ...endpoint.query, ...more })) {
    url.searchParams.set(name, decodeURIComponent(fillUrl(provider, template, values)));
  }
  return url.href;
}

function withModel(path: string, model: string, action: string, dialect: DialectId): string {
  return path.replaceAll('{model}', encodeModel(model, dialect)).replaceAll('{action}', action);
}

/**
 * The whole URL of one request. Throws `GatewayError` (`auth`) when the account lacks a parameter or its base URL is none,
 * (`capability`) for an impossible model name. Never holds a credential: see `urlWithCredential`.
 */
export function requestUrl(provider: Provider, endpoint: Endpoint, dialect: DialectId, target: RequestTarget): string {
  const { model, stream, account } = target;
  const path = (stream ? endpoint.streamPath : undefined) ?? endpoint.path ?? PATH[dialect];
  const sse: Record<string, string> = dialect === 'gemini' && stream ? { alt: 'sse' } : {};
  return urlWith(provider, endpoint, dialect, account, withModel(path, model, actionOf(dialect, stream), dialect), sse);
}

/** Where tokens of a request can be counted; `undefined` where the vendor does not offer it in this dialect. */
export function countTokensUrl(
  provider: Provider,
  endpoint: Endpoint,
  dialect: DialectId,
  model: string,
  account: AccountAddress,
): string | undefined {
  if (!endpoint.countTokens) return undefined;
  const path = endpoint.path ?? PATH[dialect];
  if (dialect === 'anthropic-messages')
    return urlWith(provider, endpoint, dialect, account, withModel(`${path}/count_tokens`, model, '', dialect), {});
  if (dialect === 'gemini') return urlWith(provider, endpoint, dialect, account, withModel(path, model, 'countTokens', dialect), {});
  return undefined;
}

/** Where a request that is no chat turn goes: `path` under the endpoint's base URL, with `{model}` filled in. */
export function relayUrl(
  provider: Provider,
  endpoint: Endpoint,
  dialect: DialectId,
  path: string,
  model: string,
  account: AccountAddress,
): string {
  return urlWith(provider, endpoint, dialect, account, withModel(path, model, '', dialect), {});
}

/** Where the models can be listed; `undefined` where the vendor has no reliable list. */
export function modelsUrl(provider: Provider, account: AccountAddress): string | undefined {
  const { url } = provider.models;
  if (url === undefined) return undefined;
  const values = parameterValues(provider, account);
  if (!url.startsWith('/')) return fillUrl(provider, url, values);
  const first = endpointsOf(provider, account)[0];
  return first && baseOf(provider, first.endpoint, first.dialect, account) + fillUrl(provider, url, values);
}
export { parseModelList } from './model-list.ts';
