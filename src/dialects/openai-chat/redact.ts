import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/** Keys as vendors shape them (`sk-…`, `gsk_…`, `AIza…`, `xai-…`, JWTs) and anything after `Bearer`. */
const KEY =
  /\b(?:sk|pk|rk|gsk|xai|pplx|csk|nvapi|hf|ghu|gho|ghp|r8|fw|tgp)[-_][A-Za-z0-9_-]{12,}|\bAIza[A-Za-z0-9_-]{20,}|\beyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_.-]+/g;
const BEARER = /\b(Bearer\s+)[A-Za-z0-9._~+/-]{8,}=*/gi;

/** Masks credentials: some vendors quote the key they refuse. */
export function redactKeys(text: string): string {
  return text.replace(KEY, '[redacted]').replace(BEARER, '$1[redacted]');
}

/** The same in every string of a body; the body itself when there is nothing to mask. */
export function redactDeep(body: JsonObject): JsonObject {
  const masked = redactValue(body);
  return isObject(masked) ? masked : body;
}

function redactValue(value: Json | undefined): Json | undefined {
  if (typeof value === 'string') return redactKeys(value);
  if (Array.isArray(value)) return value.map((item) => redactValue(item) ?? null);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, redactValue(item)]));
}
