import { asArray, asNumber, asObject, isObject, type JsonObject } from '../../conversation/json.ts';
import type { Usage } from '../../conversation/usage.ts';

/**
 * `input_tokens` leaves out what was read from and written to the cache; canonical input is all of it. A sum of 0 is a
 * compatible vendor's way of saying that it does not know yet (no prompt is empty), so it counts as unknown.
 */
export function readUsage(raw: JsonObject): Usage {
  const cacheRead = asNumber(raw.cache_read_input_tokens);
  const cacheWrite = asNumber(raw.cache_creation_input_tokens);
  const fresh = asNumber(raw.input_tokens);
  const input = fresh === undefined ? 0 : fresh + (cacheRead ?? 0) + (cacheWrite ?? 0);
  const known = input > 0;
  const found: Partial<Record<keyof Usage, number | undefined>> = {
    input: known ? input : undefined,
    cacheRead: known ? cacheRead : undefined,
    cacheWrite: known ? cacheWrite : undefined,
    cacheWrite1h: known ? asNumber(asObject(raw.cache_creation)?.ephemeral_1h_input_tokens) : undefined,
    output: asNumber(raw.output_tokens),
    reasoning: asNumber(asObject(raw.output_tokens_details)?.thinking_tokens),
    total: iterationsTotal(raw),
    webSearches: asNumber(asObject(raw.server_tool_use)?.web_search_requests),
  };
  const usage: Usage = {};
  for (const [key, value] of Object.entries(found) as [keyof Usage, number | undefined][]) if (value !== undefined) usage[key] = value;
  return usage;
}

/**
 * Compaction and advisors run extra passes that the figures above leave out (SDK: "sum across iterations for the true total").
 * Those belong to no canonical field, so they make up the total.
 */
function iterationsTotal(raw: JsonObject): number | undefined {
  const iterations = asArray(raw.iterations).filter(isObject);
  if (iterations.length < 2) return undefined;
  const figures = iterations.flatMap((item) => [...INPUTS, 'output_tokens'].map((key) => asNumber(item[key]) ?? 0));
  return figures.reduce((sum, figure) => sum + figure, 0);
}

const INPUTS = ['input_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'] as const;

/**
 * Joins the usage objects of a stream: `message_delta` repeats running totals, some with every field, some with output alone.
 * The input figures count together: all zeros is how compatible vendors fill in what they do not count, and takes nothing back;
 * one zero among figures is true (recording anthropic-compaction-usage-with-cache-streaming: the cache read moves to its iteration).
 */
export function joinUsage(earlier: JsonObject, later: JsonObject): JsonObject {
  const joined: JsonObject = { ...earlier };
  const counted = INPUTS.some((key) => (asNumber(later[key]) ?? 0) > 0);
  for (const [key, value] of Object.entries(later)) {
    if (value === null || value === undefined) continue;
    const isInput = INPUTS.some((name) => name === key);
    if (isInput && !counted) continue;
    if (key === 'output_tokens' && value === 0 && joined[key]) continue;
    joined[key] = value;
  }
  return joined;
}

/** The figures as this dialect writes them. The SDK's types demand numbers for input and output: unknown is written as 0 there alone. */
export function writeUsage(usage: Usage | undefined): JsonObject {
  const cached = (usage?.cacheRead ?? 0) + (usage?.cacheWrite ?? 0);
  return {
    input_tokens: Math.max(0, (usage?.input ?? 0) - cached),
    cache_creation_input_tokens: usage?.cacheWrite ?? null,
    cache_read_input_tokens: usage?.cacheRead ?? null,
    output_tokens: usage?.output ?? 0,
    output_tokens_details: usage?.reasoning === undefined ? null : { thinking_tokens: usage.reasoning },
    server_tool_use: usage?.webSearches === undefined ? null : { web_search_requests: usage.webSearches, web_fetch_requests: 0 },
  };
}

/** The fields that only a whole message carries, beside those of `writeUsage`. */
export function writeMessageUsage(usage: Usage | undefined): JsonObject {
  const { cacheWrite, cacheWrite1h } = usage ?? {};
  const split =
    cacheWrite === undefined || cacheWrite1h === undefined
      ? null
      : { ephemeral_5m_input_tokens: Math.max(0, cacheWrite - cacheWrite1h), ephemeral_1h_input_tokens: cacheWrite1h };
  return { ...writeUsage(usage), cache_creation: split, inference_geo: null, service_tier: null, speed: null };
}
