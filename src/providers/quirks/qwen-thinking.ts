import { asObject, type JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';
import { budgetIn, effortIn } from './reasoning-effort.ts';

/** Open-weight Qwen3 thinks by default but only in a stream: "parameter.enable_thinking must be set to false for non-streaming calls". */
const STREAM_ONLY = /(?:^|\/)qwen3-\d+(?:\.\d+)?b/i;
const ALWAYS_THINKS = /thinking|qwq/i;

/** `reasoning_effort` as Qwen's `enable_thinking` and `thinking_budget` (Alibaba Model Studio, SiliconFlow). The user's own fields win. */
export const qwenThinking: Quirk = {
  name: 'qwen-thinking',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body, { model, stream }, warn) => {
    const effort = effortIn(body);
    const rest = withoutFields(body, ['reasoning_effort']);
    if (ALWAYS_THINKS.test(model)) return rest;
    if (!stream && STREAM_ONLY.test(model) && body.enable_thinking === undefined) {
      if (effort !== undefined && effort !== 'none') warn(`${model} thinks in streamed answers only; thinking is off.`);
      return { enable_thinking: false, ...rest };
    }
    if (effort === undefined || effort === 'none') return effort ? { enable_thinking: false, ...rest } : body;
    return { enable_thinking: true, thinking_budget: budgetIn(body), ...rest };
  },
};

/**
 * Qwen refuses a forced tool call while it thinks (`tool_choice` "required" or a named function). The call is what the user needs:
 * thinking is turned off for it, and only a model that cannot stop thinking is left free to choose.
 */
export const qwenForcedTool: Quirk = {
  name: 'qwen-forced-tool',
  when: ({ dialect, model }) => dialect === 'openai-chat' && /qwen|qwq/i.test(model),
  apply: (body, { model }, warn): JsonObject => {
    if (body.tool_choice !== 'required' && asObject(body.tool_choice) === undefined) return body;
    if (ALWAYS_THINKS.test(model)) {
      warn(`${model} cannot be forced to call a tool; it may choose.`);
      return { ...body, tool_choice: 'auto' };
    }
    if (body.enable_thinking === false) return body;
    if (body.enable_thinking === true) warn(`${model} does not think when a tool call is forced; thinking is off.`);
    return { ...withoutFields(body, ['thinking_budget']), enable_thinking: false };
  },
};
