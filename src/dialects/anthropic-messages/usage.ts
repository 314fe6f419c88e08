import { asNumber, asObject, type JsonObject } from '../../conversation/json.ts';
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
    webSearches: asNumber(asObject(raw.server_tool_use)?.web_search_requests),
  };
  const usage: Usage = {};
  for (const [key, value] of Object.entries(found) as [keyof Usage, number | undefined][]) if (value !== undefined) usage[key] = value;
  return usage;
}

/**
 * Joins the usage objects of a stream: `message_delta` repeats running totals, some with every field, some with output alone.
 * A later 0 or null never takes back a figure (compatible vendors fill fields they do not count with zeros).
 */
export function joinUsage(earlier: JsonObject, later: JsonObject): JsonObject {
  const joined: JsonObject = { ...earlier };
  for (const [key, value] of Object.entries(later)) {
    if (value === null || value === undefined || (value === 0 && joined[key] !== undefined && joined[key] !== null)) continue;
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
