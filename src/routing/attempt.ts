import type { Credentials } from '../accounts/account.ts';
import { GatewayError } from '../conversation/error.ts';
import { parseJson } from '../conversation/json.ts';
import type { ChatResponse } from '../conversation/response.ts';
import type { StreamEvent } from '../conversation/stream-event.ts';
import { providerDialect } from '../dialects/registry.ts';
import type { Upstream, UpstreamResponse } from '../upstream/http.ts';
import { readText } from '../upstream/read-text.ts';
import { type Timeouts, Watchdog } from '../upstream/timers.ts';
import { redacted } from './contexts.ts';
import type { Answer, Exchange } from './exchange.ts';
import { Mending } from './mending.ts';
import { openStream } from './open-stream.ts';
import type { Outgoing } from './outgoing.ts';
import type { RefusedParameters } from './refused-parameters.ts';
import { cleanFailure } from './sent-secrets.ts';
import type { SignatureBook } from './signatures/book.ts';
import type { Target } from './target.ts';
import { holdsEvents, isNamedStream, peeked } from './unnamed-stream.ts';
import { readWholeAnswer } from './whole-answer.ts';

export interface AttemptOptions {
  upstream: Upstream;
  timeouts: Timeouts;
  /** `undefined` while another target could still answer: then reasoning is held back until real content comes. */
  reasoningHoldMs: number | undefined;
  credentials: Credentials;
  refused: RefusedParameters;
  signatures: SignatureBook;
  /** Hears what is about to be sent, of repeats too: for captures. */
  onSend?: ((outgoing: Outgoing, target: Target) => void) | undefined;
  /** Hears the head of every answer of the provider, of failures too: for rate-limit headers. */
  onHeaders?: ((headers: UpstreamResponse['headers'], status: number) => void) | undefined;
  /** Hears the answer's events, also when the bytes pass through: for the store of responses. */
  observe?: ((event: StreamEvent) => void) | undefined;
  onResponse?: ((response: ChatResponse) => void) | undefined;
}

/** One request on its way to one target, and what came back. */
export interface Asked {
  exchange: Exchange;
  target: Target;
  outgoing: Outgoing;
  /** What the request was signed with, to be taken out of texts. */
  credential: string | undefined;
  options: AttemptOptions;
  response: UpstreamResponse;
  watchdog: Watchdog;
  signal: AbortSignal;
}

/** One request ready to go. */
export type Sent = Omit<Asked, 'response' | 'watchdog' | 'signal'>;

/**
 * Asks one target, anew where its refusal can be mended (see `Mending`). Resolves when the answer is sure to be one; throws the
 * GatewayError of a failed attempt.
 */
export async function attempt(exchange: Exchange, target: Target, options: AttemptOptions): Promise<Answer> {
  const mending = new Mending(exchange, target, options);
  let sent = await mending.first();
  for (;;) {
    try {
      return await ask(sent);
    } catch (error) {
      const mended = error instanceof GatewayError ? await mending.after(error, sent) : undefined;
      if (!mended) throw error;
      sent = mended;
    }
  }
}

async function ask(sent: Sent): Promise<Answer> {
  const { exchange, target, outgoing, credential, options } = sent;
  const own = new AbortController();
  // Not AbortSignal.any: it costs a few microseconds a request, and the exchange's signal lives no longer than the request anyway.
  const { signal } = own;
  exchange.signal.addEventListener('abort', () => own.abort(exchange.signal.reason), { once: true });
  if (exchange.signal.aborted) own.abort(exchange.signal.reason);
  const watchdog = new Watchdog(options.timeouts, (error) => own.abort(error));
  const { url, headers, body } = outgoing;
  options.onSend?.(outgoing, target);
  try {
    const response = await send(options.upstream, { method: 'POST', url, headers, body, signal, proxy: target.account.config.proxy });
    options.onHeaders?.(response.headers, response.status);
    if (response.status >= 400) throw await readFailure(response, target, credential, exchange.now());
    return await answered({ ...sent, response, watchdog, signal });
  } catch (error) {
    watchdog.stop();
    own.abort();
    throw cleanFailure(error, { account: target.account, credential }, { url, signal });
  }
}

async function answered(asked: Asked): Promise<Answer> {
  const named = isNamedStream(asked.response);
  if (!asked.exchange.request.stream) return await readWholeAnswer(asked, named);
  if (named) return await openStream(asked);
  const { response, beginning } = await peeked(asked.response);
  const known = { ...asked, response };
  return holdsEvents(beginning) ? await openStream(known) : await readWholeAnswer(known, false);
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

const MAX_ERROR_BYTES = 256 * 1024;

async function readFailure(response: UpstreamResponse, target: Target, credential: string | undefined, now: number): Promise<GatewayError> {
  const text = redacted(await readText(response.body, { maxBytes: MAX_ERROR_BYTES, past: 'cut' }), credential);
  const rules = target.account.provider.errors ?? [];
  return providerDialect(target.dialect).readError(response.status, response.headers, parseJson(text) ?? text, rules, now);
}
