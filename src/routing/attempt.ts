import type { Readable } from 'node:stream';
import { Collector, eventsOf } from '../conversation/collect.ts';
import { GatewayError } from '../conversation/error.ts';
import { isObject, type Json, type JsonObject, parseJson } from '../conversation/json.ts';
import type { ChatResponse } from '../conversation/response.ts';
import type { StreamEvent } from '../conversation/stream-event.ts';
import { emptinessOf } from '../conversation/tap.ts';
import type { ReadContext, ReplyContext } from '../dialects/dialect.ts';
import { providerDialect } from '../dialects/registry.ts';
import { CustomCallRestorer, customToolNames, restoreCustomCalls } from '../dialects/shared/custom-tools.ts';
import { unsupportedParameter, withoutParameter } from '../providers/retry-without.ts';
import { asGatewayError, type Upstream, type UpstreamResponse } from '../upstream/http.ts';
import { type Timeouts, Watchdog } from '../upstream/timers.ts';
import type { Answer, Exchange } from './exchange.ts';
import { framingFor } from './framing-for.ts';
import { type Outgoing, outgoingFor } from './outgoing.ts';
import { PassThroughPipe, type Pipe, TranslatingPipe } from './pipe.ts';
import { StreamAnswer } from './stream-answer.ts';
import type { Target } from './target.ts';

export interface AttemptOptions {
  upstream: Upstream;
  timeouts: Timeouts;
  /** `undefined` while another target could still answer: then reasoning is held back until real content comes. */
  reasoningHoldMs: number | undefined;
  credential: string | undefined;
  /** Hears the answer's events, also when the bytes pass through: for the store of responses. */
  observe?: (event: StreamEvent) => void;
  onResponse?: (response: ChatResponse) => void;
}

/** Asks one target once. Resolves when the answer is sure to be one; throws the GatewayError of a failed attempt. */
export async function attempt(exchange: Exchange, target: Target, options: AttemptOptions): Promise<Answer> {
  const outgoing = outgoingFor(exchange, target, options.credential);
  try {
    return await ask(exchange, target, outgoing, options);
  } catch (error) {
    const slimmer = error instanceof GatewayError ? withoutRefused(error, outgoing) : undefined;
    if (!slimmer) throw error;
    exchange.warn(`${target.name} does not accept "${slimmer.parameter}": left out`);
    return await ask(exchange, target, slimmer.outgoing, options);
  }
}

/** A 400 that names one parameter it does not know is answered by leaving that parameter out, once. */
function withoutRefused(error: GatewayError, outgoing: Outgoing): { parameter: string; outgoing: Outgoing } | undefined {
  if (error.status !== 400 && error.status !== 422) return undefined;
  const parameter = unsupportedParameter(error.message);
  if (parameter === undefined) return undefined;
  const object = withoutParameter(outgoing.object, parameter);
  return object === outgoing.object ? undefined : { parameter, outgoing: { ...outgoing, object, body: JSON.stringify(object) } };
}

async function ask(exchange: Exchange, target: Target, outgoing: Outgoing, options: AttemptOptions): Promise<Answer> {
  const own = new AbortController();
  // Not AbortSignal.any: it costs a few microseconds a request, and the exchange's signal lives no longer than the request anyway.
  const { signal } = own;
  exchange.signal.addEventListener('abort', () => own.abort(exchange.signal.reason), { once: true });
  if (exchange.signal.aborted) own.abort(exchange.signal.reason);
  const watchdog = new Watchdog(options.timeouts, (error) => own.abort(error));
  const call = {
    method: 'POST' as const,
    url: outgoing.url,
    headers: outgoing.headers,
    body: outgoing.body,
    signal,
    proxy: target.account.config.proxy,
  };
  try {
    const response = await send(options.upstream, call);
    if (response.status >= 400) throw await readFailure(response, target, options.credential, exchange.now());
    const streamed = isStream(response);
    if (exchange.request.stream && streamed) return await streamAnswer(exchange, target, outgoing, options, response, watchdog, signal);
    return await wholeAnswer(exchange, target, outgoing, options, response, watchdog, streamed);
  } catch (error) {
    watchdog.stop();
    own.abort();
    throw asGatewayError(error, { url: outgoing.url, signal });
  }
}

/** A kept-alive connection may be closed by the host just as it is used again: that one case is tried once more, at once. */
async function send(upstream: Upstream, call: Parameters<Upstream['send']>[0]): Promise<UpstreamResponse> {
  try {
    return await upstream.send(call);
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'connection_reset' || call.signal.aborted) throw error;
    return await upstream.send(call);
  }
}

const STREAM_TYPES = /text\/event-stream|application\/(?:vnd\.amazon\.eventstream|x-ndjson|stream\+json)/i;

function isStream(response: UpstreamResponse): boolean {
  return STREAM_TYPES.test(response.headers['content-type'] ?? '');
}

async function streamAnswer(
  exchange: Exchange,
  target: Target,
  outgoing: Outgoing,
  options: AttemptOptions,
  response: UpstreamResponse,
  watchdog: Watchdog,
  signal: AbortSignal,
): Promise<Answer> {
  const pipe = pipeFor(exchange, target, outgoing.passThrough, options);
  const framing = framingFor(response.headers['content-type'] ?? '');
  return await new StreamAnswer({
    body: response.body,
    framing,
    pipe,
    watchdog,
    url: outgoing.url,
    signal,
    reasoningHoldMs: options.reasoningHoldMs,
    passThrough: outgoing.passThrough,
  }).open();
}

function pipeFor(exchange: Exchange, target: Target, passThrough: boolean, options: AttemptOptions): Pipe {
  const reader = providerDialect(target.dialect).streamReader(readContext(exchange, target));
  if (passThrough) {
    return new PassThroughPipe(exchange.client, reader, {
      includeUsage: exchange.request.includeUsage ?? exchange.client.id !== 'openai-chat',
      requestId: exchange.id,
      observe: options.observe,
    });
  }
  return new TranslatingPipe(reader, exchange.client.streamWriter(replyContext(exchange, target)), restorerFor(exchange), options.observe);
}

function restorerFor(exchange: Exchange): CustomCallRestorer | undefined {
  const names = customToolNames(exchange.request);
  return names.size > 0 ? new CustomCallRestorer(names) : undefined;
}

async function wholeAnswer(
  exchange: Exchange,
  target: Target,
  outgoing: Outgoing,
  options: AttemptOptions,
  response: UpstreamResponse,
  watchdog: Watchdog,
  streamed: boolean,
): Promise<Answer> {
  if (streamed) return replyWith(exchange, target, options, await collected(exchange, target, response, watchdog), undefined);
  const text = redacted(await readText(response.body, watchdog), options.credential);
  const json = parseJson(text);
  const parsed = readWhole(exchange, target, json, text);
  return replyWith(exchange, target, options, parsed, outgoing.passThrough && isObject(json) ? { json, text } : undefined);
}

function readWhole(exchange: Exchange, target: Target, json: Json | undefined, text: string): ChatResponse {
  const dialect = providerDialect(target.dialect);
  if (Array.isArray(json) && dialect.readChunks) return unwrap(dialect.readChunks(json, readContext(exchange, target)));
  if (!isObject(json)) {
    const what = text.trim() ? `something that is not JSON: ${text.trim().slice(0, 200)}` : 'an empty body';
    throw new GatewayError({
      class: text.trim() ? 'overload' : 'empty',
      status: 502,
      code: 'bad_response',
      message: `The provider answered with ${what}`,
    });
  }
  return unwrap(dialect.readResponse(json, readContext(exchange, target)));
}

/** The provider streamed although a whole answer was asked for. */
async function collected(exchange: Exchange, target: Target, response: UpstreamResponse, watchdog: Watchdog): Promise<ChatResponse> {
  const reader = providerDialect(target.dialect).streamReader(readContext(exchange, target));
  const framing = framingFor(response.headers['content-type'] ?? '');
  const collector = new Collector(target.dialect);
  const take = (events: StreamEvent[]): void => {
    for (const event of events) collector.push(event);
  };
  for await (const chunk of response.body) {
    watchdog.touch();
    for (const event of framing.push(chunk as Uint8Array)) take(reader.push(event));
  }
  watchdog.stop();
  for (const event of framing.end()) take(reader.push(event));
  take(reader.end());
  return unwrap(collector.result());
}

function replyWith(
  exchange: Exchange,
  target: Target,
  options: AttemptOptions,
  response: ChatResponse,
  raw: { json: JsonObject; text: string } | undefined,
): Answer {
  const empty = emptinessOf(response);
  if (empty) throw empty;
  const restored = restoreCustomCalls(response, exchange.request);
  options.onResponse?.(restored);
  const report = {
    usage: response.usage,
    model: response.model,
    finish: response.choices[0]?.finish.reason,
    error: undefined,
    passedThrough: raw !== undefined && !exchange.request.stream,
  };
  if (exchange.request.stream) return { kind: 'stream', head: streamOf(exchange, target, restored), pump: async () => report };
  if (raw) {
    const clean = exchange.client.sanitizeResponse(raw.json);
    return { kind: 'whole', body: clean === raw.json ? raw.text : JSON.stringify(clean), report };
  }
  return { kind: 'whole', body: JSON.stringify(exchange.client.writeResponse(restored, replyContext(exchange, target))), report };
}

/** A whole answer as the stream the client asked for. */
function streamOf(exchange: Exchange, target: Target, response: ChatResponse): string {
  const writer = exchange.client.streamWriter(replyContext(exchange, target));
  let text = '';
  for (const event of eventsOf(response)) text += writer.push(event);
  return text + writer.end();
}

async function readFailure(response: UpstreamResponse, target: Target, credential: string | undefined, now: number): Promise<GatewayError> {
  const text = redacted(await readLimited(response.body), credential);
  return providerDialect(target.dialect).readError(
    response.status,
    response.headers,
    parseJson(text) ?? text,
    target.account.provider.errors ?? [],
    now,
  );
}

/** Vendors echo keys in their messages ("Incorrect API key provided: …"). */
function redacted(text: string, credential: string | undefined): string {
  return credential && credential.length >= 6 && text.includes(credential) ? text.replaceAll(credential, '[redacted]') : text;
}

async function readText(body: Readable, watchdog: Watchdog): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) {
    watchdog.touch();
    chunks.push(chunk as Uint8Array);
  }
  watchdog.stop();
  return Buffer.concat(chunks).toString('utf8');
}

const MAX_ERROR_BYTES = 256 * 1024;

async function readLimited(body: Readable): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
    if (size > MAX_ERROR_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function readContext(exchange: Exchange, target: Target): ReadContext {
  return { request: exchange.request, model: target.model, now: exchange.now, newId: exchange.newId };
}

function replyContext(exchange: Exchange, target: Target): ReplyContext {
  return {
    request: exchange.request,
    model: target.model,
    responseId: exchange.responseId,
    warn: exchange.warn,
    now: exchange.now,
    newId: exchange.newId,
  };
}

function unwrap<T>(parsed: { ok: true; value: T } | { ok: false; error: GatewayError }): T {
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
