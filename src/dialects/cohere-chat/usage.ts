import { asNumber, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { Finish, FinishReason } from '../../conversation/response.ts';
import type { Usage } from '../../conversation/usage.ts';

/**
 * `tokens` is what the model read and wrote. `billed_units` leaves out Cohere's own preamble, tool prompts and citation markers (62 of
 * 968 input tokens in recording cohere-v2-chat-legacy…), so it is no count of tokens; it stands in only where nothing else is told.
 * `cached_tokens` are part of the input: "prompt tokens that hit the inference cache".
 */
export function readUsage(raw: JsonObject): Usage {
  const tokens = asObject(raw.tokens) ?? asObject(raw.billed_units);
  const input = asNumber(tokens?.input_tokens);
  const output = asNumber(tokens?.output_tokens);
  const reasoning = asNumber(tokens?.reasoning_tokens);
  const cacheRead = asNumber(raw.cached_tokens);
  return {
    ...(input === undefined ? {} : { input }),
    ...(cacheRead === undefined ? {} : { cacheRead }),
    ...(output === undefined ? {} : { output }),
    ...(reasoning === undefined ? {} : { reasoning }),
  };
}

const REASONS: Record<string, FinishReason> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
  ERROR_LIMIT: 'length',
  ERROR_TOXIC: 'content-filter',
};

/** Reads `finish_reason` (ChatFinishReason; the last two are v1's). */
export function readFinish(value: unknown, called: boolean): Finish {
  const raw = asString(value);
  const reason: FinishReason = raw === undefined ? 'stop' : (REASONS[raw] ?? 'other');
  const calls = called && (reason === 'stop' || reason === 'other');
  return { reason: calls ? 'tool-calls' : reason, ...(raw === undefined ? {} : { raw }) };
}
