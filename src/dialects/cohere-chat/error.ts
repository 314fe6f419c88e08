import { GatewayError } from '../../conversation/error.ts';
import { asObject, asString } from '../../conversation/json.ts';
import { classifyFailure, type FailureRule } from '../shared/classify.ts';
import { retryAfterOf, waitInText } from '../shared/retry-after.ts';

/** Wordings and statuses of docs.cohere.com/reference/errors that mean something of their own. */
const OWN_RULES: FailureRule[] = [
  // "too many tokens: max tokens must be less than or equal to 4096, the maximum output for this model": the setting, not the prompt.
  { class: 'request', text: /max tokens must be less than/i },
  { class: 'context', word: 'TOO_MANY_TOKENS' },
  { class: 'context', status: 400, text: /^too many tokens/i },
  // "You are using a Trial key, which is limited to 1000 API calls / month."
  { class: 'quota', status: 429, text: /(?:\/|per) ?month/i },
  { class: 'rate', status: 429 },
  // InvalidTokenError in the vendor's SDK.
  { class: 'auth', status: 498 },
  { class: 'network', status: [499, 504] },
];

/** Classes a failed answer: `{id, message}`, with `error_type` for a few (recording cohere-real-error-scenarios…). */
export function readError(
  status: number,
  headers: Record<string, string>,
  body: unknown,
  rules: readonly FailureRule[],
  now: number,
): GatewayError {
  const object = asObject(body);
  const code = asString(object?.error_type);
  const message = messageOf(body) || `The provider answered with status ${status}.`;
  const found = classifyFailure({ status, words: code ? [code] : [], message }, [...rules, ...OWN_RULES]);
  const wait = retryAfterOf(headers, now) ?? waitInText(message);
  return new GatewayError({
    class: found,
    status,
    message,
    ...(code ? { code } : {}),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(object ? { raw: { dialect: 'cohere-chat', body: object } } : {}),
  });
}

function messageOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body.trim() ? body.slice(0, 500) : undefined;
  const object = asObject(body);
  return asString(object?.message) ?? asString(object?.error);
}

/** An answer that broke off: `finish_reason` ERROR or TIMEOUT, whole or in `message-end`; `undefined` for any other. */
export function brokenOff(reason: unknown, message: string | undefined): GatewayError | undefined {
  if (reason === 'TIMEOUT') {
    return new GatewayError({ class: 'network', status: 504, code: 'timeout', message: message || 'The provider ran out of time.' });
  }
  if (reason !== 'ERROR' && !message) return undefined;
  return readError(500, {}, message || 'The provider failed while it answered.', [], 0);
}
