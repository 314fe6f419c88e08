import { createHash } from 'node:crypto';

export interface ShareQuestion {
  /** Id of the gateway key: keys never see each other's answers. */
  gatewayKeyId: string;
  /** With its query: Gemini asks for the form of a stream there. */
  path: string;
  idempotencyKey: string | undefined;
  body: string;
  /** `settings.routing.shareIdentical`: also without the header. */
  shareIdentical: boolean;
  /** Headers that go on to the provider and so change its answer (`anthropic-beta`, …). */
  headers?: Readonly<Record<string, string>>;
}

/**
 * What two requests must have in common to share an answer; `undefined` when this one shares with nobody. The same idempotency key over
 * another body is another request: the answer to it would be wrong.
 */
export function shareKey(question: ShareQuestion): string | undefined {
  const { gatewayKeyId, path, idempotencyKey, body, shareIdentical, headers = {} } = question;
  if (!idempotencyKey && !shareIdentical) return undefined;
  const facts = JSON.stringify([gatewayKeyId, path, idempotencyKey ?? null, Object.entries(headers).sort()]);
  // JSON text holds no line break, so facts and body cannot run into each other.
  return createHash('sha256').update(facts).update('\n').update(body).digest('base64url');
}

/** The client's idempotency key (draft-ietf-httpapi-idempotency-key-header; SDKs made with Stainless also send the older name). */
export function idempotencyKeyOf(header: (name: string) => string | undefined): string | undefined {
  return header('idempotency-key') || header('x-idempotency-key') || undefined;
}
