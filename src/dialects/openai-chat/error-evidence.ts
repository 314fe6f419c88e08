import { asArray, asNumber, asObject, asString, isObject, type Json, type JsonObject, parseJson } from '../../conversation/json.ts';

/** What an error body says, whichever of the many forms it has. */
export interface ErrorEvidence {
  message: string;
  words: string[];
  code?: string;
  param?: string;
  /** A status named in the body. */
  status?: number;
}

/**
 * Reads `{error:{message,type,code,param}}` (OpenAI), `{error:"text"}`, `{message}`, `{detail}` (FastAPI: Mistral, vLLM),
 * `{object:"error",…}`, `[{error}]` (Google's compatible endpoint), MiniMax' `base_resp`, and plain text or a proxy's HTML page.
 */
export function errorEvidence(body: unknown): ErrorEvidence {
  const value = Array.isArray(body) ? body[0] : body;
  if (typeof value === 'string') return { message: pageText(value), words: [] };
  if (!isObject(value)) return { message: '', words: [] };
  const failed = baseFailure(value);
  if (failed) return failed;
  if (isObject(value.error)) return objectEvidence(value.error, value);
  const message = asString(value.error) ?? asString(value.message) ?? detailText(value.detail) ?? '';
  return { ...objectEvidence({ ...value, error: undefined }, {}), message };
}

/** MiniMax, also under HTTP 200: `base_resp: {status_code: 1008, status_msg: "insufficient balance"}`; 0 is success. */
function baseFailure(body: JsonObject): ErrorEvidence | undefined {
  const base = asObject(body.base_resp);
  const code = asNumber(base?.status_code);
  if (!base || code === undefined || code === 0) return undefined;
  return { message: asString(base.status_msg) ?? `base_resp ${code}`, words: [String(code)], code: String(code) };
}

function objectEvidence(error: JsonObject, outer: JsonObject): ErrorEvidence {
  const metadata = asObject(error.metadata) ?? {};
  const inner = rawEvidence(metadata.raw);
  const code = word(error.code);
  const named = [error.type, error.code, error.status, error.reason, error.error_type, metadata.error_type, outer.code, outer.type];
  const words = [...named.map(word), ...detailReasons(error.details), ...inner.words].filter((each) => each !== undefined);
  const own = asString(error.message) ?? detailText(error.detail) ?? '';
  // OpenRouter says "Provider returned error" and puts what the provider said into metadata.raw.
  const message = inner.message && !own.includes(inner.message) ? (own ? `${own}: ${inner.message}` : inner.message) : own;
  const status = statusOf(error.code) ?? statusOf(error.status) ?? statusOf(error.http_code) ?? inner.status;
  const param = asString(error.param);
  return { message, words, ...(code === undefined ? {} : { code }), ...(param ? { param } : {}), ...(status ? { status } : {}) };
}

function rawEvidence(raw: Json | undefined): ErrorEvidence {
  if (raw === undefined || raw === null) return { message: '', words: [] };
  return errorEvidence(typeof raw === 'string' ? (parseJson(raw) ?? raw) : raw);
}

function word(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return asString(value) || undefined;
}

/** Google's `details[].reason`. */
function detailReasons(details: unknown): string[] {
  return asArray(details).flatMap((detail) => asString(asObject(detail)?.reason) ?? []);
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' ? Number(value) : asNumber(value);
  return status !== undefined && Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}

/** FastAPI: a sentence, or a list of `{loc, msg}`. */
function detailText(detail: unknown): string | undefined {
  if (typeof detail === 'string') return detail;
  if (isObject(detail)) return asString(detail.message) ?? asString(detail.msg) ?? JSON.stringify(detail);
  if (!Array.isArray(detail)) return undefined;
  return detail.map((item) => problemText(asObject(item))).join('; ');
}

function problemText(problem: JsonObject | undefined): string {
  const at = asArray(problem?.loc).join('.');
  return [at, asString(problem?.msg) ?? ''].filter(Boolean).join(': ');
}

const MOST = 500;

/** The words of a page or text, without markup, cut to a length that fits a message. */
function pageText(text: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(text)?.[1];
  const plain = /<(?:!doctype|html)/i.test(text) ? (title ?? text.replace(/<[^>]*>/g, ' ')) : text;
  return plain.replace(/\s+/g, ' ').trim().slice(0, MOST);
}
