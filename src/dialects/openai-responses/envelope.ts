import { asObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { kept } from './extension.ts';
import { writeTools } from './tools.ts';

/**
 * The fields of a Response object that repeat the request, with the API's defaults where the request is silent
 * (npm `openai` 6 `Response`). Unknown numbers are null.
 */
export function echoOf(request: ChatRequest): JsonObject {
  const raw = asObject(kept(request).request) ?? {};
  return {
    background: false,
    instructions: instructionsOf(request),
    max_output_tokens: request.sampling.maxTokens ?? null,
    max_tool_calls: raw.max_tool_calls ?? null,
    metadata: raw.metadata ?? {},
    parallel_tool_calls: request.parallelToolCalls ?? true,
    previous_response_id: request.previousResponseId ?? null,
    prompt_cache_key: raw.prompt_cache_key ?? null,
    reasoning: { effort: null, summary: null, ...asObject(raw.reasoning) },
    safety_identifier: raw.safety_identifier ?? null,
    service_tier: raw.service_tier ?? 'default',
    store: request.store ?? true,
    temperature: request.sampling.temperature ?? null,
    text: { format: { type: 'text' }, ...asObject(raw.text) },
    tool_choice: (raw.tool_choice as Json | undefined) ?? 'auto',
    tools: writeTools(request, () => undefined),
    top_logprobs: request.sampling.topLogprobs ?? 0,
    top_p: request.sampling.topP ?? null,
    truncation: raw.truncation ?? 'disabled',
    user: raw.user ?? null,
  };
}

function instructionsOf(request: ChatRequest): string | null {
  const part = request.messages.find((message) => kept(message).instructions === true)?.content[0];
  return part?.type === 'text' ? part.text : null;
}
