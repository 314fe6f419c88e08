import { effortOf } from '../../conversation/effort.ts';
import { asNumber, asObject, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest, ReasoningSettings } from '../../conversation/request.ts';
import { REASONING_SETTINGS } from '../../dialects/openai-chat/request-read-sampling.ts';

/**
 * The request with other reasoning settings. Readers keep the client's own fields word by word and writers of the same dialect
 * prefer them, so those are changed too. A wish for visible thoughts stays.
 */
export function withReasoning(request: ChatRequest, settings: ReasoningSettings): ChatRequest {
  const summary = request.reasoning?.summary;
  const reasoning = { ...settings, ...(summary === undefined ? {} : { summary }) };
  return withOwn({ ...request, reasoning }, (own) => ownForm(request, own, settings));
}

/** The request with a lower thinking budget; an effort stays beside it for models that know efforts alone. */
export function withBudget(request: ChatRequest, budget: number): ChatRequest {
  return withOwn({ ...request, reasoning: { ...request.reasoning, budget } }, (own) => loweredBudgets(request, own, budget));
}

function withOwn(request: ChatRequest, change: (own: JsonObject) => JsonObject): ChatRequest {
  const own = request.extensions?.[request.dialect] ?? {};
  const changed = change(own);
  return changed === own ? request : { ...request, extensions: { ...request.extensions, [request.dialect]: changed } };
}

function ownForm({ dialect }: ChatRequest, own: JsonObject, settings: ReasoningSettings): JsonObject {
  switch (dialect) {
    case 'openai-chat':
      return Object.fromEntries(Object.entries(own).filter(([field]) => !REASONING_SETTINGS.has(field)));
    case 'openai-responses':
      return ofResponses(own);
    case 'anthropic-messages':
      return ofAnthropic(own, settings);
    case 'gemini':
      return own;
  }
}

/** The writer adds the effort; what else the client put there (`summary`) stays. */
function ofResponses(own: JsonObject): JsonObject {
  const request = asObject(own.request);
  const reasoning = asObject(request?.reasoning);
  if (!reasoning) return own;
  const { effort: _effort, ...rest } = reasoning;
  return { ...own, request: { ...request, reasoning: rest } };
}

/**
 * Without `thinking` of the client's own its writer leaves thinking off. `adaptive` goes as it is to models that know it, with the
 * effort beside it; for the others the writer makes a budget of the canonical settings.
 */
function ofAnthropic(own: JsonObject, settings: ReasoningSettings): JsonObject {
  const { effort: _effort, ...config } = asObject(own.output_config) ?? {};
  if (settings.budget === 0 || settings.effort === 'none') return { ...own, thinking: { type: 'disabled' } };
  const effort = effortOf(settings);
  const display = asObject(own.thinking)?.display;
  const output = { ...config, ...(effort === undefined ? {} : { effort }) };
  const { output_config: _config, ...rest } = own;
  return {
    ...rest,
    thinking: { type: 'adaptive', ...(display === undefined ? {} : { display }) },
    ...(Object.keys(output).length > 0 ? { output_config: output } : {}),
  };
}

/** Places of a budget in tokens: Anthropic's and its copies' `thinking`, Qwen's `thinking_budget`, OpenRouter's `reasoning.max_tokens`. */
function loweredBudgets({ dialect }: ChatRequest, own: JsonObject, budget: number): JsonObject {
  if (dialect !== 'anthropic-messages' && dialect !== 'openai-chat') return own;
  let lowered = lower(own, 'thinking_budget', budget);
  for (const [holder, field] of [
    ['thinking', 'budget_tokens'],
    ['reasoning', 'max_tokens'],
  ] as const) {
    const before = asObject(lowered[holder]);
    const after = before && lower(before, field, budget);
    if (after !== before) lowered = { ...lowered, [holder]: after };
  }
  return lowered;
}

function lower(holder: JsonObject, field: string, budget: number): JsonObject {
  return (asNumber(holder[field]) ?? 0) > budget ? { ...holder, [field]: budget } : holder;
}
