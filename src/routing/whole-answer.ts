import { Collector, eventsOf } from '../conversation/collect.ts';
import { GatewayError, type Parsed } from '../conversation/error.ts';
import { isObject, type JsonObject, parseJson } from '../conversation/json.ts';
import type { ChatResponse } from '../conversation/response.ts';
import { emptinessOf } from '../conversation/tap.ts';
import type { SseEvent } from '../dialects/dialect.ts';
import { providerDialect } from '../dialects/registry.ts';
import { restoreCustomCalls } from '../dialects/shared/custom-tools.ts';
import { readText } from '../upstream/read-text.ts';
import type { Asked } from './attempt.ts';
import { readContext, redacted, replyContext } from './contexts.ts';
import type { Answer, Exchange } from './exchange.ts';
import { framingFor } from './framing-for.ts';
import { MintingReader, noteSignatures } from './signatures/minting.ts';
import { holdsEvents } from './unnamed-stream.ts';

const NOTHING_YET = { usage: undefined, model: undefined, finish: undefined, error: undefined, passedThrough: true };

/**
 * An answer that is read to its end before the client gets any of it: because a whole one was asked for, or because the provider
 * gave one where a stream was asked for. `streamed`: the provider streamed all the same.
 */
export async function readWholeAnswer(asked: Asked, streamed: boolean): Promise<Answer> {
  try {
    if (streamed) return replyWith(asked, await collect(asked, asked.response.body), undefined);
    const text = redacted(await readText(asked.response.body, { onChunk: () => asked.watchdog.touch() }), asked.credential);
    const json = parseJson(text);
    if (json === undefined && holdsEvents(text)) return replyWith(asked, await collect(asked, [Buffer.from(text)]), undefined);
    const pendingId = asked.outgoing.passThrough && isObject(json) ? providerDialect(asked.target.dialect).pendingId?.(json) : undefined;
    if (pendingId !== undefined) return { kind: 'whole', body: text, report: { ...NOTHING_YET, pendingId } };
    const response = parse(asked, text, json);
    noteSignatures(response, asked.target, asked.options.signatures);
    return replyWith(asked, response, asked.outgoing.passThrough && isObject(json) ? { json, text } : undefined);
  } finally {
    asked.watchdog.stop();
  }
}

function parse({ exchange, target }: Asked, text: string, json: ReturnType<typeof parseJson>): ChatResponse {
  const dialect = providerDialect(target.dialect);
  const context = readContext(exchange, target);
  if (Array.isArray(json) && dialect.readChunks) return unwrap(dialect.readChunks(json, context));
  if (isObject(json)) return unwrap(dialect.readResponse(json, context));
  const shown = text.trim().slice(0, 200);
  throw new GatewayError({
    class: shown ? 'overload' : 'empty',
    status: 502,
    code: 'bad_response',
    message: shown ? `The provider answered with something that is not JSON: ${shown}` : 'The provider answered with an empty body.',
  });
}

async function collect(
  { exchange, target, response, watchdog, credential, options }: Asked,
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<ChatResponse> {
  const vendor = providerDialect(target.dialect).streamReader(readContext(exchange, target));
  const reader = new MintingReader(vendor, target, options.signatures);
  const framing = framingFor(response.headers['content-type'] ?? '', credential);
  const collector = new Collector(target.dialect);
  const take = (events: SseEvent[]): void => {
    for (const event of events) for (const step of reader.push(event)) collector.push(step);
  };
  for await (const chunk of body) {
    watchdog.touch();
    take(framing.push(chunk));
  }
  take(framing.end());
  for (const step of reader.end()) collector.push(step);
  return unwrap(collector.result());
}

function replyWith({ exchange, target, options }: Asked, read: ChatResponse, raw: { json: JsonObject; text: string } | undefined): Answer {
  const empty = emptinessOf(read);
  if (empty) throw empty;
  const response = restoreCustomCalls(read, exchange.request);
  options.onResponse?.(response);
  const report = { usage: read.usage, model: read.model, finish: read.choices[0]?.finish.reason, error: undefined };
  if (exchange.request.stream) {
    return { kind: 'stream', head: asStream(exchange, response, target.model), pump: async () => ({ ...report, passedThrough: false }) };
  }
  if (!raw) {
    const body = JSON.stringify(exchange.client.writeResponse(response, replyContext(exchange, target.model)));
    return { kind: 'whole', body, report: { ...report, passedThrough: false } };
  }
  const clean = exchange.client.sanitizeResponse(raw.json);
  return { kind: 'whole', body: clean === raw.json ? raw.text : JSON.stringify(clean), report: { ...report, passedThrough: true } };
}

/** A whole answer as the stream the client asked for. */
export function asStream(exchange: Exchange, response: ChatResponse, model: string): string {
  const writer = exchange.client.streamWriter(replyContext(exchange, model));
  let text = '';
  for (const event of eventsOf(response)) text += writer.push(event);
  return text + writer.end();
}

function unwrap<T>(parsed: Parsed<T>): T {
  if (!parsed.ok) throw parsed.error;
  return parsed.value;
}
