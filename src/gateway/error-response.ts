import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import type { GatewayError } from '../conversation/error.ts';
import { clientDialect } from '../dialects/registry.ts';
import type { Env } from './context.ts';

/** A failure as the client's own vendor would send it. */
export function errorResponse(
  c: Context<Env>,
  error: GatewayError,
  dialect: ClientDialectId,
  headers: Record<string, string> = {},
): Response {
  const requestId = c.get('requestId') ?? '';
  const { status, body } = clientDialect(dialect).writeError(error, requestId);
  return c.json(body, status as ContentfulStatusCode, { ...errorHeaders(error, requestId), ...headers });
}

/** Headers of a failed answer: SDKs read the wait from them. */
export function errorHeaders(error: GatewayError, requestId: string): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': requestId };
  if (error.retryAfterMs !== undefined) headers['retry-after'] = String(Math.max(1, Math.ceil(error.retryAfterMs / 1000)));
  // The body of a refused upload is not read to its end, so the connection cannot be used again.
  if (error.status === 413) headers.connection = 'close';
  return headers;
}

/** Header values are Latin-1 without controls (RFC 9110 §5.5); anything else is shown as "?". */
export function headerText(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
