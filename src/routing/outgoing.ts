import { asObject, type JsonObject } from '../conversation/json.ts';
import { holdsSealedSignature } from '../conversation/signature.ts';
import { providerDialect } from '../dialects/registry.ts';
import { authOf, requestHeaders, requestUrl, urlWithCredential } from '../providers/endpoint.ts';
import type { Quirk, QuirkFacts } from '../providers/provider.ts';
import type { Exchange } from './exchange.ts';
import { setTopLevel } from './raw-edit.ts';
import { holdsMark, type ReasoningRule } from './signatures/rule.ts';
import type { Target } from './target.ts';

/** A request as it goes to a provider. */
export interface Outgoing {
  url: string;
  headers: Record<string, string>;
  /** The body as an object, for the one repair after a refusal. */
  object: JsonObject;
  body: string;
  /** The client's own bytes are sent, and the answer's bytes go back, but for the model's name and what sanitising removes. */
  passThrough: boolean;
}

/** Writes the exchange's request for one target. Pure. `reasoning`: which reasoning of earlier turns must stay behind. */
export function outgoingFor(exchange: Exchange, target: Target, credential: string | undefined, reasoning?: ReasoningRule): Outgoing {
  const { account, endpoint, dialect, model } = target;
  const { stream } = exchange.request;
  const passThrough = passesThrough(exchange, target);
  const draft = withoutReasoning(
    passThrough ? addressed(exchange, target) : translated(exchange, target),
    passThrough,
    exchange,
    target,
    reasoning,
  );
  const object = repaired(
    draft,
    [...(account.provider.quirks ?? []), ...(endpoint.quirks ?? [])],
    { model, dialect, stream },
    exchange.warn,
  );
  return {
    url: urlWithCredential(
      requestUrl(account.provider, endpoint, dialect, { model, stream, account: account.config }),
      authOf(account.provider, endpoint),
      credential,
    ),
    headers: {
      'content-type': 'application/json',
      accept: stream ? 'text/event-stream' : 'application/json',
      ...(dialect === exchange.client.id ? exchange.headers : {}),
      ...requestHeadersFor(exchange, target, credential),
      ...account.config.headers,
    },
    object,
    body: passThrough && object === draft ? (rawBody(exchange, draft) ?? JSON.stringify(object)) : JSON.stringify(object),
    passThrough,
  };
}

/** The provider's headers; a header the client chose itself for its own dialect (`anthropic-version`) wins over the default. */
function requestHeadersFor(exchange: Exchange, target: Target, credential: string | undefined): Record<string, string> {
  const headers = requestHeaders(target.account.provider, target.endpoint, target.dialect, credential, target.account.config);
  if (target.dialect === exchange.client.id && exchange.headers['anthropic-version']) delete headers['anthropic-version'];
  return headers;
}

function passesThrough(exchange: Exchange, target: Target): boolean {
  return (
    // A variant of the client's dialect (Gemini's array form) is not the provider's own form of it.
    exchange.client === providerDialect(target.dialect) &&
    !exchange.expanded &&
    !target.account.provider.thinkTags &&
    !holdsSealedSignature(exchange.body)
  );
}

/** The client's own body with the vendor's model name, and a usage report asked for where streams do not carry one by themselves. */
function addressed(exchange: Exchange, target: Target): JsonObject {
  const { parsed, request } = exchange;
  const object: JsonObject = { ...parsed };
  if ('model' in parsed) object.model = target.model;
  if (exchange.client.id === 'openai-chat' && request.stream && asObject(parsed.stream_options)?.include_usage !== true) {
    object.stream_options = { ...asObject(parsed.stream_options), include_usage: true };
  }
  return object;
}

/** Most requests hold no proof at all: those that pass through are told by their text alone. */
function withoutReasoning(
  draft: JsonObject,
  passThrough: boolean,
  exchange: Exchange,
  { dialect, model }: Target,
  rule: ReasoningRule | undefined,
): JsonObject {
  const { replay } = providerDialect(dialect);
  if (!rule || !replay) return draft;
  if (passThrough && !rule.refused && !holdsMark(exchange.body, replay)) return draft;
  return replay.without(draft, { model, ...rule });
}

function translated(exchange: Exchange, target: Target): JsonObject {
  return providerDialect(target.dialect).writeRequest(exchange.request, {
    model: target.model,
    thinks: target.info?.reasoning,
    warn: exchange.warn,
  });
}

function repaired(body: JsonObject, quirks: readonly Quirk[], facts: QuirkFacts, warn: (message: string) => void): JsonObject {
  let current = body;
  for (const quirk of quirks) {
    if (!quirk.when || quirk.when(facts)) current = quirk.apply(current, facts, warn);
  }
  return current;
}

/** The client's bytes with only the changed top-level fields replaced. */
function rawBody(exchange: Exchange, draft: JsonObject): string | undefined {
  let text: string | undefined = exchange.body;
  for (const [key, value] of Object.entries(draft)) {
    if (value !== exchange.parsed[key] && text !== undefined) text = setTopLevel(text, key, JSON.stringify(value));
  }
  return text;
}
