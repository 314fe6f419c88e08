import { type FailureClass, GatewayError } from '../../conversation/error.ts';
import { asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ErrorReply } from '../dialect.ts';
import { classifyFailure, type FailureRule } from '../shared/classify.ts';
import { retryAfterOf, waitInText } from '../shared/retry-after.ts';
import { frame } from '../shared/sse-frame.ts';
import { ID } from './extension.ts';

/** Reads a failed answer (OpenAI's `{error:{message,type,param,code}}`, xAI's `{code,error:"…"}`, Codex' `{detail}`, or any text). */
export function readError(
  status: number,
  headers: Record<string, string>,
  body: unknown,
  rules: readonly FailureRule[],
  now: number,
): GatewayError {
  const retryAfterMs = retryAfterOf(headers, now);
  if (!isObject(body)) return fromEvidence({ status, message: plainText(body, status), rules, now, retryAfterMs });
  const inner = asObject(body.error);
  const detail = asString(body.error) ?? asString(body.detail) ?? asString(body.message);
  const fields = inner ?? { ...body, message: detail ?? JSON.stringify(body.detail ?? body) };
  return errorOf({ status, fields, raw: body, rules, now, retryAfterMs });
}

export interface ErrorFields {
  /** 200 for an error inside a stream or in a finished answer: the status then comes from the class. */
  status: number;
  /** The vendor's error object. */
  fields: JsonObject;
  raw: JsonObject;
  now: number;
  rules?: readonly FailureRule[];
  retryAfterMs?: number;
}

/** The error that a vendor's error object stands for, wherever it stood. */
export function errorOf({ status, fields, raw, rules, now, retryAfterMs }: ErrorFields): GatewayError {
  const type = asString(fields.type);
  const code = asString(fields.code) ?? asNumber(fields.code)?.toString();
  return fromEvidence({
    status,
    message: asString(fields.message) ?? code ?? type ?? 'The provider gave no reason.',
    words: [code, type === 'error' ? undefined : type].filter((word) => word !== undefined),
    code: code ?? (type === 'error' ? undefined : type),
    param: asString(fields.param),
    raw,
    rules,
    now,
    retryAfterMs: retryAfterMs ?? resetOf(fields, now),
  });
}

/** Codex' `usage_limit_reached` states its reset in the body. */
function resetOf(fields: JsonObject, now: number): number | undefined {
  const seconds = asNumber(fields.resets_in_seconds);
  if (seconds !== undefined) return Math.max(0, seconds * 1000);
  const at = asNumber(fields.resets_at);
  return at === undefined ? undefined : Math.max(0, at * 1000 - now);
}

interface Evidence {
  status: number;
  message: string;
  words?: string[];
  code?: string;
  param?: string;
  raw?: JsonObject;
  rules?: readonly FailureRule[];
  now: number;
  retryAfterMs?: number;
}

function fromEvidence(evidence: Evidence): GatewayError {
  const { status, message, words = [], code, param, raw, rules = [] } = evidence;
  const inside = status >= 200 && status < 300;
  // Wording is judged by status too; an error inside a 200 has none, and what nothing else names is the provider's fault.
  const failure = inside ? classInside(words, message, rules) : classifyFailure({ status, words, message }, rules);
  const retryAfterMs = evidence.retryAfterMs ?? waitInText(message);
  return new GatewayError({
    class: failure,
    message,
    ...(inside ? {} : { status }),
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    ...(raw ? { raw: { dialect: ID, body: raw } } : {}),
  });
}

const REQUEST_WORDS = new Set(['invalid_request_error', 'invalid_prompt', 'invalid_value', 'invalid_image', 'invalid_image_url']);

function classInside(words: string[], message: string, rules: readonly FailureRule[]): FailureClass {
  if (words.some((word) => /policy|content_filter|cyber/.test(word))) return 'policy';
  const status = words.some((word) => REQUEST_WORDS.has(word)) ? 400 : 500;
  return classifyFailure({ status, words, message }, rules);
}

function plainText(body: unknown, status: number): string {
  const text =
    typeof body === 'string'
      ? body
          .replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
          .replace(/\s+/g, ' ')
          .trim()
      : '';
  return text ? text.slice(0, 500) : `The provider answered with status ${status} and no message.`;
}

const TYPE_OF_CLASS: Record<FailureClass, string> = {
  request: 'invalid_request_error',
  context: 'invalid_request_error',
  capability: 'invalid_request_error',
  policy: 'invalid_request_error',
  auth: 'authentication_error',
  quota: 'insufficient_quota',
  billing: 'insufficient_quota',
  rate: 'rate_limit_error',
  overload: 'server_error',
  network: 'server_error',
  empty: 'server_error',
  cancelled: 'server_error',
  internal: 'server_error',
};

/**
 * Codes that clients act on. Codex (`codex-api/src/sse/responses.rs`) gives up on `context_length_exceeded`, `insufficient_quota`
 * and `usage_not_included`, waits for `rate_limit_exceeded` as its message says, and retries the rest.
 */
const CODE_OF_CLASS: Record<FailureClass, string> = {
  request: 'invalid_prompt',
  context: 'context_length_exceeded',
  capability: 'model_not_found',
  policy: 'invalid_prompt',
  auth: 'invalid_api_key',
  quota: 'insufficient_quota',
  billing: 'insufficient_quota',
  rate: 'rate_limit_exceeded',
  overload: 'server_error',
  network: 'server_error',
  empty: 'server_error',
  cancelled: 'server_error',
  internal: 'server_error',
};

/** The error object, as it stands in a body and in the `error` event. A vendor's own of this dialect is given as it was. */
export function errorObject(error: GatewayError): JsonObject {
  const raw = error.raw?.dialect === ID ? asObject(error.raw.body.error) : undefined;
  if (raw) return raw;
  return {
    message: error.message,
    type: TYPE_OF_CLASS[error.class],
    param: error.param ?? null,
    code: error.code ?? CODE_OF_CLASS[error.class],
  };
}

/** The body and status as OpenAI's API sends them. */
export function writeError(error: GatewayError, _requestId: string): ErrorReply {
  const body = error.raw?.dialect === ID ? error.raw.body : { error: errorObject(error) };
  return { status: error.status, body };
}

/** `response.error` of a failed answer: code and message, with the wait in words since that is where Codex looks for it. */
export function failureOf(error: GatewayError): JsonObject {
  const raw = errorObject(error);
  const known = error.raw?.dialect === ID ? asString(raw.code) : undefined;
  const code = known ?? CODE_OF_CLASS[error.class];
  const wait =
    code === 'rate_limit_exceeded' && error.retryAfterMs !== undefined && waitInText(error.message) === undefined
      ? ` Please try again in ${Math.ceil(error.retryAfterMs / 1000)}s.`
      : '';
  return { code, message: error.message + wait };
}

/** The event OpenAI sends before `response.failed` (recordings/openai-responses/openai-error-1-stream); SDKs throw on its `error`, types know the flat fields. */
export function errorEvent(error: GatewayError, sequence: number): JsonObject {
  const raw = errorObject(error);
  return {
    type: 'error',
    sequence_number: sequence,
    code: raw.code ?? null,
    message: raw.message ?? error.message,
    param: raw.param ?? null,
    error: raw,
  };
}

/**
 * The end of a stream whose bytes were passed through: what went before is not known here, so the numbers start again at 0 and the
 * failed response is a bare one. A stream of our own writing ends by its writer, which knows both.
 */
export function writeStreamError(error: GatewayError, requestId: string): string {
  const response = bareFailure(error, requestId);
  return frame(errorEvent(error, 0), 'error') + frame({ type: 'response.failed', sequence_number: 1, response }, 'response.failed');
}

function bareFailure(error: GatewayError, requestId: string): JsonObject {
  return {
    id: requestId.startsWith('resp_') ? requestId : `resp_${requestId}`,
    object: 'response',
    created_at: 0,
    status: 'failed',
    error: failureOf(error),
    incomplete_details: null,
    instructions: null,
    metadata: {},
    model: '',
    output: [],
    parallel_tool_calls: true,
    temperature: null,
    tool_choice: 'auto',
    tools: [],
    top_p: null,
    usage: null,
  };
}
