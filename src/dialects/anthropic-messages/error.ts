import { type FailureClass, GatewayError } from '../../conversation/error.ts';
import { asNumber, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { ErrorReply } from '../dialect.ts';
import { classifyFailure, type FailureRule } from '../shared/classify.ts';
import { retryAfterOf, waitInText } from '../shared/retry-after.ts';
import { frame } from '../shared/sse-frame.ts';
import { DIALECT } from './vocabulary.ts';

/** What this API's own words mean beyond the common table. Sources: the API's errors page and the error classes of `@anthropic-ai/sdk`. */
const OWN_RULES: FailureRule[] = [
  // One request asked for more than the plan holds (long context, fast mode); the account itself is not used up.
  { class: 'request', status: 429, text: /usage credits are required/i },
  { class: 'billing', word: ['enforced_spend_limit_reached', 'contract_spend_limit_reached', 'linked_organization_spend_limit_reached'] },
  { class: 'rate', word: 'ramp_limit_exceeded' },
  { class: 'network', word: 'timeout_error' },
  { class: 'overload', word: 'compaction_unavailable' },
  // Parameters a model does not take: "temperature: Extra inputs are not permitted", "`top_p` is deprecated for this model".
  {
    class: 'capability',
    status: 400,
    text: /extra inputs are not permitted|(?:not supported|deprecated|not available) (?:for|on|by|with) this model/i,
  },
];

/** The status that stands for an error type inside a stream or a 200 body (errors page). */
const STATUS_OF_TYPE: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
};

/** Classes a failed answer. `body`: `{"type":"error","error":{type,message,details}}`, a compatible vendor's variant, or text. */
export function readError(
  status: number,
  headers: Record<string, string>,
  body: unknown,
  rules: readonly FailureRule[],
  now: number,
): GatewayError {
  const object = asObject(body);
  const error = asObject(object?.error);
  const code = codeOf(error, object);
  const type = asString(error?.type) ?? code;
  const detail = asString(asObject(error?.details)?.error_code);
  const message = messageOf(object, error, body) ?? `The provider answered with status ${status}.`;
  const rejected = status === 429 && headers['anthropic-ratelimit-unified-status'] === 'rejected';
  const words = [type, code, detail].filter((word) => word !== undefined);
  const unified: FailureRule[] = rejected ? [{ class: 'quota', status: 429 }] : [];
  const found = classifyFailure({ status, words, message }, [...rules, ...OWN_RULES, ...unified]);
  const wait = retryAfterOf(headers, now) ?? untilReset(headers, now) ?? waitInText(message);
  const param = parameterIn(message);
  return new GatewayError({
    class: found,
    status,
    message,
    ...((detail ?? type) ? { code: detail ?? type } : {}),
    ...(param === undefined ? {} : { param }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(object ? { raw: { dialect: DIALECT, body: object } } : {}),
  });
}

/** An error where an answer was expected: a 200 body, or an `error` event of a stream. */
export function errorInBody(body: JsonObject, now: number): GatewayError | undefined {
  if (body.type !== 'error' && asObject(body.error) === undefined && !minimaxCode(body)) return undefined;
  const type = asString(asObject(body.error)?.type);
  return readError(STATUS_OF_TYPE[type ?? ''] ?? 502, {}, body, [], now);
}

/** MiniMax reports failures in a 200: `{"base_resp":{"status_code":1008,"status_msg":"insufficient balance"}}`. */
function minimaxCode(body: JsonObject | undefined): number | undefined {
  return asNumber(asObject(body?.base_resp)?.status_code) || undefined;
}

/** A code beside the type, which compatible vendors give as text or number (Z.ai: "1113"). */
function codeOf(error: JsonObject | undefined, body: JsonObject | undefined): string | undefined {
  const code = error?.code ?? minimaxCode(body);
  return typeof code === 'number' ? String(code) : asString(code);
}

function messageOf(object: JsonObject | undefined, error: JsonObject | undefined, body: unknown): string | undefined {
  const found =
    asString(error?.message) ??
    asString(object?.message) ??
    asString(object?.error) ??
    asString(object?.detail) ??
    asString(asObject(object?.base_resp)?.status_msg);
  if (found) return found;
  return typeof body === 'string' ? textOfPage(body) : undefined;
}

/** The words of a proxy's HTML page or plain text, short enough to show. */
function textOfPage(page: string): string | undefined {
  const text = page
    .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return text ? text.slice(0, 500) : undefined;
}

/** Where no Retry-After came: the subscription window's end (epoch seconds), else the reset of a limit that is used up (RFC 3339). */
function untilReset(headers: Record<string, string>, now: number): number | undefined {
  const unified = Number(headers['anthropic-ratelimit-unified-reset']);
  if (unified > 0) return Math.max(0, unified * 1000 - now);
  const waits = ['requests', 'tokens', 'input-tokens', 'output-tokens']
    .filter((window) => headers[`anthropic-ratelimit-${window}-remaining`] === '0')
    .map((window) => Date.parse(headers[`anthropic-ratelimit-${window}-reset`] ?? '') - now)
    .filter((wait) => wait > 0);
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** The field a message names: "messages.0.content: …", "`top_p` is deprecated …". */
function parameterIn(message: string): string | undefined {
  return /^([a-z_]+(?:\.[\w-]+)*): /.exec(message)?.[1] ?? /^`([a-z_.]+)`/.exec(message)?.[1];
}

function typeOf(error: GatewayError): string {
  const byStatus = error.status === 413 ? 'request_too_large' : 'invalid_request_error';
  const types: Record<FailureClass, string> = {
    request: byStatus,
    context: byStatus,
    auth: error.status === 403 ? 'permission_error' : 'authentication_error',
    quota: 'rate_limit_error',
    billing: 'billing_error',
    rate: 'rate_limit_error',
    overload: error.status === 500 ? 'api_error' : 'overloaded_error',
    capability: error.status === 404 ? 'not_found_error' : 'invalid_request_error',
    policy: error.status === 403 ? 'permission_error' : 'invalid_request_error',
    network: error.status === 504 || error.status === 408 ? 'timeout_error' : 'api_error',
    empty: 'api_error',
    cancelled: 'api_error',
    internal: 'api_error',
  };
  return types[error.class];
}

/** The error as this API would send it. A vendor's own body goes on as it was. */
export function writeError(error: GatewayError, requestId: string): ErrorReply {
  return { status: error.status, body: bodyOf(error, requestId) };
}

/** The same inside a stream, as an `error` event. */
export function writeStreamError(error: GatewayError, requestId: string): string {
  return frame(bodyOf(error, requestId), 'error');
}

function bodyOf(error: GatewayError, requestId: string): JsonObject {
  const raw = error.raw?.dialect === DIALECT ? error.raw.body : undefined;
  // Only a body that the SDKs can read is passed on; compatible vendors send other shapes too.
  if (raw?.type === 'error' && asObject(raw.error)) return raw;
  return { type: 'error', error: { type: typeOf(error), message: wordsOf(error) }, request_id: requestId };
}

/** Claude Code knows a full context by these words, and compacts the conversation by itself. */
function wordsOf(error: GatewayError): string {
  if (error.class !== 'context' || /prompt is too long/i.test(error.message)) return error.message;
  return `prompt is too long: ${error.message}`;
}
