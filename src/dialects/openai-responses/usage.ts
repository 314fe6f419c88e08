import { asNumber, asObject, type JsonObject } from '../../conversation/json.ts';
import type { Usage } from '../../conversation/usage.ts';

/** `response.usage`: input holds cached tokens, output holds reasoning (npm `openai` 6 `ResponseUsage`). `undefined` where nothing is stated. */
export function readUsage(value: unknown): Usage | undefined {
  const raw = asObject(value);
  if (!raw) return undefined;
  const input = asObject(raw.input_tokens_details);
  const output = asObject(raw.output_tokens_details);
  const fields: Usage = {
    input: asNumber(raw.input_tokens),
    cacheRead: asNumber(input?.cached_tokens),
    cacheWrite: asNumber(input?.cache_write_tokens),
    output: asNumber(raw.output_tokens),
    reasoning: asNumber(output?.reasoning_tokens),
  };
  const sum = (fields.input ?? 0) + (fields.output ?? 0);
  const total = asNumber(raw.total_tokens);
  if (total !== undefined && total !== sum) fields.total = total;
  const known = Object.entries(fields).filter(([, value]) => value !== undefined);
  return known.length > 0 ? (Object.fromEntries(known) as Usage) : undefined;
}

/**
 * The same for a client. The shape has no way to say "unknown" for input and output, so it is left out unless both are known;
 * the details are demanded by SDK types and by Codex' parser and read 0 where nothing is known of them.
 */
export function writeUsage(usage: Usage | undefined): JsonObject | undefined {
  if (usage?.input === undefined || usage.output === undefined) return undefined;
  return {
    input_tokens: usage.input,
    input_tokens_details: {
      cached_tokens: usage.cacheRead ?? 0,
      ...(usage.cacheWrite === undefined ? {} : { cache_write_tokens: usage.cacheWrite }),
    },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: usage.total ?? usage.input + usage.output,
  };
}
