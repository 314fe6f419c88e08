import type { ReadContext, ReplyContext } from '../dialects/dialect.ts';
import type { Exchange } from './exchange.ts';
import type { Target } from './target.ts';

export function readContext(exchange: Exchange, target: Target): ReadContext {
  return {
    request: exchange.request,
    model: target.model,
    rules: target.account.provider.errors ?? [],
    now: exchange.now,
    newId: exchange.newId,
  };
}

/** `model` is shown where the vendor's answer names none. */
export function replyContext(exchange: Exchange, model: string): ReplyContext {
  const { request, responseId, warn, now, newId } = exchange;
  return { request, model, responseId, warn, now, newId };
}

/** Vendors echo keys in their messages ("Incorrect API key provided: …"). */
export function redacted(text: string, credential: string | undefined): string {
  return credential && credential.length >= 6 && text.includes(credential) ? text.replaceAll(credential, '[redacted]') : text;
}
