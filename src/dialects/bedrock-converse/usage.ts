import { asArray, asNumber, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { Finish, FinishReason } from '../../conversation/response.ts';
import type { Usage } from '../../conversation/usage.ts';

/** `inputTokens` leaves out what was read from and written to the cache (TokenUsage); canonical input is all of it. */
export function readUsage(raw: JsonObject): Usage {
  const fresh = asNumber(raw.inputTokens);
  const cacheRead = asNumber(raw.cacheReadInputTokens);
  const cacheWrite = asNumber(raw.cacheWriteInputTokens);
  const output = asNumber(raw.outputTokens);
  const hour = asArray(raw.cacheDetails)
    .filter(isObject)
    .find((detail) => detail.ttl === '1h');
  const cacheWrite1h = asNumber(hour?.inputTokens);
  return {
    ...(fresh === undefined ? {} : { input: fresh + (cacheRead ?? 0) + (cacheWrite ?? 0) }),
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(cacheWrite === undefined ? {} : { cacheWrite }),
    ...(cacheWrite1h === undefined ? {} : { cacheWrite1h }),
    ...(output === undefined ? {} : { output }),
  };
}

const REASONS: Record<string, FinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'content-filter',
  content_filtered: 'content-filter',
  malformed_tool_use: 'malformed-tool-call',
  malformed_model_output: 'other',
};

/** Reads `stopReason` (MessageStopEvent, valid values). */
export function readStop(value: unknown, called: boolean): Finish {
  const raw = asString(value);
  const reason: FinishReason = raw === undefined ? 'stop' : (REASONS[raw] ?? 'other');
  return { reason: called && (reason === 'stop' || reason === 'other') ? 'tool-calls' : reason, ...(raw === undefined ? {} : { raw }) };
}
