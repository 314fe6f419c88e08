import { GatewayError } from '../../conversation/error.ts';
import { asNumber, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import { classifyFailure, type FailureRule } from '../shared/classify.ts';
import { retryAfterOf, waitInText } from '../shared/retry-after.ts';

/** Errors are a sentence without a code; these are the server's own (github.com/ollama/ollama server/routes.go, llm/server.go). */
const OWN_RULES: FailureRule[] = [
  // "model 'x' not found", "model \"x\" not found, try pulling it first".
  { class: 'capability', status: 404 },
  // "\"llama3.1:8b\" does not support thinking" (or tools, chat, vision).
  { class: 'capability', text: /does not support/i },
  { class: 'context', text: /exceed\w* (?:the )?(?:available |maximum )?context|input length exceeds/i },
  // "server busy, please try again. maximum pending requests exceeded", "model requires more system memory (…) than is available".
  {
    class: 'overload',
    text: /server busy|maximum pending requests|more system memory|runner (?:process )?(?:has )?(?:terminated|crashed)/i,
  },
  // Ollama's cloud: "you've reached your hourly usage limit, please upgrade to continue".
  { class: 'quota', text: /usage limit/i },
];

/** Classes a failed answer, `{error: "…"}`; proxies in front of it give an object with a `message`. */
export function readError(
  status: number,
  headers: Record<string, string>,
  body: unknown,
  rules: readonly FailureRule[],
  now: number,
): GatewayError {
  const object = asObject(body);
  const message = messageOf(body) || `The provider answered with status ${status}.`;
  const wait = retryAfterOf(headers, now) ?? waitInText(message);
  return new GatewayError({
    class: classifyFailure({ status, words: [], message }, [...rules, ...OWN_RULES]),
    status,
    message,
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(object ? { raw: { dialect: 'ollama', body: object } } : {}),
  });
}

/** The failure inside a 200, whole or as a line of the stream; `undefined` where there is none. It has a status where the model is remote. */
export function failureIn(body: JsonObject, rules: readonly FailureRule[], now: number): GatewayError | undefined {
  if (body.error === undefined || body.error === null || body.error === '') return undefined;
  const status = asNumber(body.status_code) ?? asNumber(body.StatusCode);
  return readError(status !== undefined && status >= 400 ? status : 500, {}, body, rules, now);
}

function messageOf(body: unknown): string | undefined {
  if (typeof body === 'string') return body.trim() ? body.slice(0, 500) : undefined;
  const object = asObject(body);
  return asString(object?.error) ?? asString(asObject(object?.error)?.message) ?? asString(object?.message);
}
