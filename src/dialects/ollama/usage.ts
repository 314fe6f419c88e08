import { asArray, asNumber, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { Finish, FinishReason, TokenLogprob } from '../../conversation/response.ts';
import type { Usage } from '../../conversation/usage.ts';

/**
 * `prompt_eval_count` is the whole prompt; newer servers tell the part of it read from the cache (docs.ollama.com/api/usage).
 * What is left out is not known.
 */
export function readUsage(body: JsonObject): Usage | undefined {
  const input = asNumber(body.prompt_eval_count);
  const cacheRead = asNumber(body.prompt_eval_cached_count);
  const output = asNumber(body.eval_count);
  if (input === undefined && output === undefined && cacheRead === undefined) return undefined;
  return {
    ...(input === undefined ? {} : { input }),
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(output === undefined ? {} : { output }),
  };
}

const REASONS: Record<string, FinishReason> = { stop: 'stop', length: 'length', tool_calls: 'tool-calls', load: 'other', unload: 'other' };

/** Reads `done_reason`: `stop` beside tool calls too (recording ollama-chat-with-callable-tool); older servers give none. */
export function readFinish(value: unknown, called: boolean): Finish {
  const raw = asString(value);
  const reason: FinishReason = raw === undefined ? 'stop' : (REASONS[raw] ?? 'other');
  const calls = called && (reason === 'stop' || reason === 'other');
  return { reason: calls ? 'tool-calls' : reason, ...(raw === undefined ? {} : { raw }) };
}

/** `created_at` (RFC 3339) in seconds since the epoch. */
export function createdOf(body: JsonObject): number | undefined {
  const at = Date.parse(asString(body.created_at) ?? '');
  return Number.isNaN(at) ? undefined : Math.floor(at / 1000);
}

export function readLogprobs(value: unknown): TokenLogprob[] {
  return asArray(value)
    .filter(isObject)
    .flatMap((item) => {
      const read = readToken(item);
      if (!read) return [];
      const top = asArray(item.top_logprobs).flatMap((other) => readToken(asObject(other) ?? {}) ?? []);
      return [{ ...read, ...(top.length > 0 ? { top } : {}) }];
    });
}

function readToken(item: JsonObject): { token: string; logprob: number; bytes?: number[] } | undefined {
  const token = asString(item.token);
  const logprob = asNumber(item.logprob);
  if (token === undefined || logprob === undefined) return undefined;
  const bytes = asArray(item.bytes).flatMap((byte) => asNumber(byte) ?? []);
  return { token, logprob, ...(bytes.length > 0 ? { bytes } : {}) };
}
