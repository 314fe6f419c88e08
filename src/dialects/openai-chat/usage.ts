import { asNumber, asObject, type JsonObject, withoutNulls } from '../../conversation/json.ts';
import type { Usage } from '../../conversation/usage.ts';

/**
 * Reads a chat `usage` object in all its dialects. `prompt_tokens` counts cached tokens in (OpenAI), `completion_tokens` counts
 * reasoning in. Cached tokens also as `prompt_cache_hit_tokens` (DeepSeek), `cached_tokens` (Together, Moonshot), `num_cached_tokens`
 * (Mistral) or `cache_read_input_tokens` (gateways in front of Claude). `model` is the one that the answer names. Gives `undefined` for anything that is not such an object.
 */
export function readUsage(value: unknown, model = ''): Usage | undefined {
  const wire = asObject(value);
  if (!wire) return undefined;
  const prompt = asObject(wire.prompt_tokens_details) ?? asObject(wire.input_tokens_details) ?? {};
  const completion = asObject(wire.completion_tokens_details) ?? asObject(wire.output_tokens_details) ?? {};
  const cacheRead = first(
    prompt.cached_tokens,
    wire.prompt_cache_hit_tokens,
    wire.cached_tokens,
    wire.num_cached_tokens,
    wire.cache_read_input_tokens,
  );
  const cacheWrite = first(prompt.cache_write_tokens, prompt.cache_creation_tokens, wire.cache_creation_input_tokens);
  const reasoning = first(completion.reasoning_tokens, wire.reasoning_tokens) ?? hiddenThoughts(wire, model);
  const input = inputOf(wire, cacheRead, cacheWrite, asNumber(prompt.audio_tokens));
  const output = outputOf(wire, reasoning);
  const total = first(wire.total_tokens);
  const stated = total !== undefined && total !== (input ?? 0) + (output ?? 0) && total > 0;
  const usage: Usage = {
    input,
    cacheRead,
    cacheWrite,
    output,
    reasoning,
    ...(stated ? { total } : {}),
    inputAudio: positive(prompt.audio_tokens),
    outputAudio: positive(completion.audio_tokens),
    webSearches: webSearches(wire),
  };
  const known = Object.entries(usage).filter(([, count]) => count !== undefined);
  return known.length > 0 ? (Object.fromEntries(known) as Usage) : undefined;
}

/** The first number among what vendors call one count. */
function first(...values: unknown[]): number | undefined {
  return values.map(asNumber).find((count) => count !== undefined);
}

/** Zero audio tokens is what every text answer reports: not worth a field. */
function positive(value: unknown): number | undefined {
  const count = asNumber(value);
  return count === 0 ? undefined : count;
}

/**
 * Under Anthropic's own names (`input_tokens`) cached tokens are counted apart, as also where the parts exceed the whole and the total
 * agrees. More cached tokens than the prompt alone prove nothing: Azure's Grok reports 403 of 347, with a total of the 347.
 * Mistral counts what it heard beside the prompt: 9 + 375 audio + 201 of 585.
 */
function inputOf(wire: JsonObject, cacheRead = 0, cacheWrite = 0, audio = 0): number | undefined {
  const cached = cacheRead + cacheWrite;
  const prompt = asNumber(wire.prompt_tokens);
  if (prompt !== undefined) {
    const [output = 0, total] = [asNumber(wire.completion_tokens), asNumber(wire.total_tokens)];
    if (audio > 0 && total === prompt + audio + output) return prompt + audio;
    return cached > prompt && (total === undefined || total >= prompt + cached + output) ? prompt + cached : prompt;
  }
  const input = asNumber(wire.input_tokens);
  const apart = wire.cache_read_input_tokens !== undefined || wire.cache_creation_input_tokens !== undefined;
  return input === undefined ? undefined : input + (apart ? cached : 0);
}

/** xAI leaves reasoning out of `completion_tokens`: its total gives it away (recording xai-text-stream: 12 + 1 + 290 = 303). */
function outputOf(wire: JsonObject, reasoning = 0): number | undefined {
  const output = first(wire.completion_tokens, wire.output_tokens);
  const prompt = first(wire.prompt_tokens, wire.input_tokens);
  if (output === undefined || prompt === undefined || reasoning === 0) return output;
  return asNumber(wire.total_tokens) === prompt + output + reasoning ? output + reasoning : output;
}

/** Google's compatible endpoint counts thoughts, billed as output, in the total alone (recording google-compatible-api…: 66 + 6 of 100). */
function hiddenThoughts(wire: JsonObject, model: string): number | undefined {
  if (!/^(?:models\/)?gemini/.test(model)) return undefined;
  const [prompt, output, total] = [wire.prompt_tokens, wire.completion_tokens, wire.total_tokens].map(asNumber);
  if (prompt === undefined || output === undefined || total === undefined) return undefined;
  return total > prompt + output ? total - prompt - output : undefined;
}

function webSearches(wire: JsonObject): number | undefined {
  const tools = asObject(wire.server_tool_use_details) ?? asObject(wire.server_tool_use);
  return first(tools?.web_search_requests, wire.num_search_queries);
}

/** OpenAI's `usage`. Its three counts are required, so a count that nobody knows stands as 0; nothing known at all: no usage. */
export function writeUsage(usage: Usage | undefined): JsonObject | undefined {
  if (!usage || (usage.input === undefined && usage.output === undefined)) return undefined;
  const input = usage.input ?? 0;
  const output = usage.output ?? 0;
  const prompt = withoutNulls({ cached_tokens: usage.cacheRead, cache_write_tokens: usage.cacheWrite, audio_tokens: usage.inputAudio });
  const completion = withoutNulls({ reasoning_tokens: usage.reasoning, audio_tokens: usage.outputAudio });
  return {
    prompt_tokens: input,
    completion_tokens: output,
    // Always the sum, as OpenAI has it: readers take what a total holds beyond it for hidden reasoning.
    total_tokens: input + output,
    ...(Object.keys(prompt).length > 0 ? { prompt_tokens_details: prompt } : {}),
    ...(Object.keys(completion).length > 0 ? { completion_tokens_details: completion } : {}),
  };
}
