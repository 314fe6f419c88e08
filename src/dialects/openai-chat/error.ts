import { type FailureClass, GatewayError } from '../../conversation/error.ts';
import { asArray, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ErrorReply } from '../dialect.ts';
import { classifyFailure, type FailureRule } from '../shared/classify.ts';
import { durationMs, retryAfterOf, waitInText } from '../shared/retry-after.ts';
import { frame } from '../shared/sse-frame.ts';
import { type ErrorEvidence, errorEvidence } from './error-evidence.ts';
import { DIALECT } from './extensions.ts';
import { redactDeep, redactKeys } from './redact.ts';

/** Classes a failed answer; see `errorEvidence` for the bodies it knows. Credentials in the vendor's words are masked. */
export function readError(
  status: number,
  headers: Record<string, string>,
  body: unknown,
  rules: readonly FailureRule[],
  now: number,
): GatewayError {
  const evidence = errorEvidence(body);
  const retryAfterMs = retryAfterOf(headers, now) ?? waitInBody(body, now) ?? waitInText(evidence.message) ?? windowReset(headers);
  return build(evidence, status, body, rules, retryAfterMs);
}

function build(
  evidence: ErrorEvidence,
  status: number,
  body: unknown,
  rules: readonly FailureRule[],
  retryAfterMs: number | undefined,
): GatewayError {
  // Without a status of its own it is judged as the provider's failure, so that another account may try.
  const failed = status >= 400 ? status : (evidence.status ?? 502);
  const failure = classifyFailure({ status: failed, words: wordsOf(evidence), message: evidence.message }, rules);
  const object = Array.isArray(body) ? asObject(body[0]) : asObject(body);
  return new GatewayError({
    class: failure,
    ...(status >= 400 ? { status } : {}),
    message: redactKeys(evidence.message) || `The provider answered ${status}.`,
    ...(evidence.code === undefined ? {} : { code: evidence.code }),
    ...(evidence.param === undefined ? {} : { param: evidence.param }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(object ? { raw: { dialect: DIALECT, body: redactDeep(object) } } : {}),
  });
}

/** Words of chat hosts that the shared table knows under another name. */
const SYNONYMS: Record<string, string> = {
  too_many_prompt_tokens: 'context_length_exceeded', // Perplexity (recording perplexity-real-error-scenarios…)
  insufficient_balance_error: 'billing_error', // MiniMax, balance 1008
};

function wordsOf({ words }: ErrorEvidence): string[] {
  return words.map((each) => SYNONYMS[each] ?? each);
}

/** Google's `RetryInfo.retryDelay`, Codex' `resets_in_seconds`, OpenRouter's reset header inside `metadata.headers`. */
function waitInBody(body: unknown, now: number): number | undefined {
  const error = asObject(asObject(Array.isArray(body) ? body[0] : body)?.error);
  if (!error) return undefined;
  const delay = asArray(error.details).flatMap((detail) => asString(asObject(detail)?.retryDelay) ?? [])[0];
  if (delay !== undefined) return durationMs(delay);
  const seconds =
    asNumber(error.resets_in_seconds) ?? asNumber(error.retry_after) ?? asNumber(asObject(error.metadata)?.retry_after_seconds);
  if (seconds !== undefined) return seconds * 1000;
  const reset = Number(asString(asObject(asObject(error.metadata)?.headers)?.['X-RateLimit-Reset']) ?? Number.NaN);
  return Number.isFinite(reset) && reset > now ? reset - now : undefined;
}

/** Where a rate-limit header says that a window is empty, its reset (`6m0s`, `20ms`) is the wait. */
function windowReset(headers: Record<string, string>): number | undefined {
  const waits = ['requests', 'tokens'].flatMap((window) => {
    const reset = headers[`x-ratelimit-reset-${window}`];
    return headers[`x-ratelimit-remaining-${window}`] === '0' && reset ? (durationMs(reset) ?? []) : [];
  });
  return waits.length > 0 ? Math.max(...waits) : undefined;
}

/** The failure inside an answer that came with HTTP 200, whole or as a chunk; `undefined` where there is none. */
export function failureInAnswer(body: JsonObject): GatewayError | undefined {
  if (!saysFailure(body)) return undefined;
  const evidence = errorEvidence(body);
  return build(evidence, evidence.status ?? 200, body, [], waitInText(evidence.message));
}

function saysFailure(body: JsonObject): boolean {
  if (isObject(body.error) ? Object.keys(body.error).length > 0 : Boolean(asString(body.error))) return true;
  const base = asNumber(asObject(body.base_resp)?.status_code);
  if (base !== undefined && base !== 0) return true;
  if (Array.isArray(body.choices)) return false;
  return body.object === 'error' || body.type === 'error' || Boolean(asString(body.detail)) || Boolean(asString(body.message));
}

/** OpenAI's words for each class (platform.openai.com/docs/guides/error-codes). */
const WIRE: Record<FailureClass, { type: string; code: string | null }> = {
  request: { type: 'invalid_request_error', code: null },
  context: { type: 'invalid_request_error', code: 'context_length_exceeded' },
  auth: { type: 'authentication_error', code: 'invalid_api_key' },
  quota: { type: 'insufficient_quota', code: 'insufficient_quota' },
  billing: { type: 'insufficient_quota', code: 'billing_not_active' },
  rate: { type: 'rate_limit_error', code: 'rate_limit_exceeded' },
  overload: { type: 'server_error', code: 'server_is_overloaded' },
  capability: { type: 'invalid_request_error', code: 'model_not_found' },
  policy: { type: 'invalid_request_error', code: 'content_policy_violation' },
  network: { type: 'server_error', code: 'upstream_unreachable' },
  empty: { type: 'server_error', code: 'empty_response' },
  cancelled: { type: 'server_error', code: 'request_cancelled' },
  internal: { type: 'server_error', code: 'internal_error' },
};

/** OpenAI's error body. What a vendor of this dialect said is passed on, completed where the SDK would not find its fields. */
export function writeError(error: GatewayError): ErrorReply {
  const wire = WIRE[error.class];
  const said = error.raw?.dialect === DIALECT ? asObject(error.raw.body.error) : undefined;
  const body = {
    ...said,
    message: (said && error.message) || asString(said?.message) || error.message,
    type: asString(said?.type) ?? wire.type,
    param: asString(said?.param) ?? error.param ?? null,
    code: word(said?.code) ?? error.code ?? wire.code,
  };
  return { status: error.status, body: { error: body } };
}

const word = (value: unknown): string | undefined => (typeof value === 'number' ? String(value) : asString(value) || undefined);

/** The same inside a stream that has begun. The SDK throws an APIError at a chunk with `error`; no `[DONE]` follows, nothing is complete. */
export function writeStreamError(error: GatewayError): string {
  return frame(writeError(error).body);
}
