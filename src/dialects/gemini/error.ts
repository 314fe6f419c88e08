import { type FailureClass, GatewayError } from '../../conversation/error.ts';
import { asArray, asObject, asString, isObject, type JsonObject, parseJson } from '../../conversation/json.ts';
import { classifyFailure, type FailureRule } from '../shared/classify.ts';
import { durationMs, retryAfterOf, waitInText } from '../shared/retry-after.ts';

/** A wait longer than this is a used-up allowance, not a busy minute. */
const LONGEST_RATE_WAIT_MS = 5 * 60_000;

/**
 * Classes a failed answer of a Google API (`{error: {code, message, status, details}}`, google.rpc.Status; a stream without `alt=sse`
 * gives it inside a list). Facts: a 429 is a quota by its `quotaId` (PerDay), else by how long it asks to wait.
 */
export function readError(
  status: number,
  headers: Record<string, string>,
  body: unknown,
  rules: readonly FailureRule[],
  now: number,
): GatewayError {
  const safe = redacted(body);
  const error = errorOf(safe);
  const details = asArray(error?.details).filter(isObject);
  const message = asString(error?.message) ?? (typeof safe === 'string' && safe.trim() !== '' ? excerpt(safe) : `HTTP ${status}`);
  const httpStatus = status || Number(error?.code) || 500;
  const reasons = details.flatMap((detail) => asString(detail.reason) ?? []);
  const words = [...reasons, ...[error?.status, error?.code].flatMap((word) => asString(word) ?? [])];
  const retryAfterMs = waitOf(details, headers, message, now);
  const verdict = verdictOf({ status: httpStatus, reasons, message, quotaIds: quotaIdsOf(details), retryAfterMs });
  const param = details.flatMap((detail) => asArray(detail.fieldViolations)).flatMap((each) => asString(asObject(each)?.field) ?? [])[0];
  return new GatewayError({
    class: classifyFailure({ status: httpStatus, words, message }, verdict ? [...rules, { class: verdict }] : rules),
    message,
    status: httpStatus,
    ...(words[0] === undefined ? {} : { code: words[0] }),
    ...(param === undefined ? {} : { param }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(error ? { raw: { dialect: 'gemini', body: { error } } } : {}),
  });
}

/** Google repeats keys in its messages ("Consumer 'api_key:AIza…' has been suspended"). */
const KEYS = /AIza[\w-]{10,}|AQ\.[\w-]{20,}|ya29\.[\w.-]{10,}/g;

function redacted(body: unknown): unknown {
  if (typeof body === 'string') return body.replace(KEYS, '[redacted]');
  const text = JSON.stringify(body);
  return text === undefined ? undefined : parseJson(text.replace(KEYS, '[redacted]'));
}

function errorOf(body: unknown): JsonObject | undefined {
  const first = Array.isArray(body) ? body.find(isObject) : body;
  const object = asObject(first);
  const error = asObject(object?.error);
  if (error) return error;
  const text = asString(object?.error);
  return text === undefined ? undefined : { message: text };
}

/** The visible words of a page that is no JSON. */
function excerpt(text: string): string {
  return text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
}

function quotaIdsOf(details: JsonObject[]): string[] {
  return details
    .flatMap((detail) => [...asArray(detail.violations), detail.metadata ?? null])
    .flatMap((each) => {
      const object = asObject(each);
      return [asString(object?.quotaId), asString(object?.quota_limit), asString(object?.quotaLimit)].flatMap((id) => id ?? []);
    });
}

function waitOf(details: JsonObject[], headers: Record<string, string>, message: string, now: number): number | undefined {
  const stated = details.flatMap((detail) => [asString(detail.retryDelay), asString(asObject(detail.metadata)?.quotaResetDelay)]);
  const delays = stated.flatMap((text) => (text === undefined ? [] : (durationMs(text) ?? [])));
  return delays.length > 0 ? Math.max(...delays) : (retryAfterOf(headers, now) ?? waitInText(message));
}

interface Evidence {
  status: number;
  reasons: string[];
  message: string;
  quotaIds: string[];
  retryAfterMs: number | undefined;
}

const CLASS_OF_REASON: Record<string, FailureClass> = {
  API_KEY_INVALID: 'auth',
  API_KEY_EXPIRED: 'auth',
  API_KEY_SERVICE_BLOCKED: 'auth',
  CREDENTIALS_MISSING: 'auth',
  ACCESS_TOKEN_EXPIRED: 'auth',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'auth',
  ACCESS_TOKEN_TYPE_UNSUPPORTED: 'auth',
  CONSUMER_SUSPENDED: 'auth',
  SERVICE_DISABLED: 'auth',
  VALIDATION_REQUIRED: 'auth',
  BILLING_DISABLED: 'billing',
  TOS_VIOLATION: 'policy',
  QUOTA_EXHAUSTED: 'quota',
  MODEL_CAPACITY_EXHAUSTED: 'overload',
};

/** What Google's own words decide; `undefined` leaves it to the shared rules. */
function verdictOf(evidence: Evidence): FailureClass | undefined {
  const named = evidence.reasons.flatMap((reason) => CLASS_OF_REASON[reason] ?? [])[0];
  if (named) return named;
  if (evidence.status === 429 && !evidence.reasons.some((reason) => reason.startsWith('INSUFFICIENT'))) return rateOrQuota(evidence);
  // The account is fine, the place is not: another account may live elsewhere.
  return /user location is not supported/i.test(evidence.message) ? 'capability' : undefined;
}

function rateOrQuota(evidence: Evidence): FailureClass {
  if (evidence.quotaIds.some((id) => /per_?day/i.test(id))) return 'quota';
  if (evidence.retryAfterMs !== undefined && evidence.retryAfterMs > LONGEST_RATE_WAIT_MS) return 'quota';
  const rate = evidence.reasons.includes('RATE_LIMIT_EXCEEDED') || evidence.quotaIds.some((id) => /per_?minute/i.test(id));
  if (rate || evidence.retryAfterMs !== undefined) return 'rate';
  return /per day|daily/i.test(evidence.message) ? 'quota' : 'rate';
}
