import type { FailureClass, GatewayError } from '../../conversation/error.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ErrorReply } from '../dialect.ts';
import { frame } from '../shared/sse-frame.ts';

/** Canonical codes by HTTP status (google.rpc.Code). */
const STATUS_NAMES: Record<number, string> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  500: 'INTERNAL',
  501: 'UNIMPLEMENTED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** Whose name stands in for a status Google's APIs do not use (402, 413, 422, 502, 529, …); the status itself is kept. */
const STATUS_OF: Record<FailureClass, number> = {
  request: 400,
  context: 400,
  auth: 401,
  quota: 429,
  billing: 403,
  rate: 429,
  overload: 503,
  capability: 404,
  policy: 403,
  network: 503,
  empty: 503,
  cancelled: 499,
  internal: 500,
};

/** The error as a Google API would send it. Google's own body is passed on as it was. */
export function writeError(error: GatewayError, requestId: string): ErrorReply {
  const own = error.raw?.dialect === 'gemini' ? error.raw.body : undefined;
  if (own) return { status: error.status, body: own };
  const status = STATUS_NAMES[error.status] ?? STATUS_NAMES[STATUS_OF[error.class]] ?? 'UNKNOWN';
  return {
    status: error.status,
    body: { error: { code: error.status, message: error.message, status, details: detailsOf(error, requestId) } },
  };
}

/** Inside a server-sent stream; ends it. */
export function writeStreamError(error: GatewayError, requestId: string): string {
  return frame(writeError(error, requestId).body);
}

/** Inside a JSON-array stream; `begun` when an element was already sent. Closes the array. */
export function writeArrayStreamError(error: GatewayError, requestId: string, begun: boolean): string {
  return `${begun ? ',\n' : '['}${JSON.stringify(writeError(error, requestId).body)}\n]`;
}

const TYPE = 'type.googleapis.com/google.rpc.';

/** Google's SDKs and Gemini CLI read `ErrorInfo.reason` and `RetryInfo.retryDelay`. */
function detailsOf(error: GatewayError, requestId: string): JsonObject[] {
  const reason = (error.code ?? error.class).toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  const details: JsonObject[] = [{ '@type': `${TYPE}ErrorInfo`, reason, domain: 'omniroute', metadata: { class: error.class } }];
  if (error.retryAfterMs !== undefined) details.push({ '@type': `${TYPE}RetryInfo`, retryDelay: `${error.retryAfterMs / 1000}s` });
  if (error.param !== undefined) {
    details.push({ '@type': `${TYPE}BadRequest`, fieldViolations: [{ field: error.param, description: error.message }] });
  }
  if (requestId) details.push({ '@type': `${TYPE}RequestInfo`, requestId });
  return details;
}
