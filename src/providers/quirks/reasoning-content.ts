import { asArray, asObject, type JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { mapMessages, renameField, withoutFields } from './body.ts';

const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_details', 'reasoning_text', 'reasoning_opaque'];

/** For hosts that refuse the replayed thoughts of other vendors on assistant messages (OpenAI, Azure, NVIDIA: HKUDS/OpenHarness#263). */
export const stripReasoningContent: Quirk = {
  name: 'strip-reasoning-content',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => mapMessages(body, (message) => withoutFields(message, REASONING_FIELDS)),
};

/** Cerebras gives and takes thoughts back as `reasoning` and refuses `reasoning_content` (QwenLM/qwen-code#11045). */
export const reasoningAsReasoning: Quirk = {
  name: 'reasoning-as-reasoning',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => mapMessages(body, (message) => renameField(message, 'reasoning_content', 'reasoning')),
};

/**
 * DeepSeek and Kimi, thinking, answer 400 when an assistant message with tool calls lacks `reasoning_content`, and a turn that another
 * model wrote has none. A single space passes where an empty text does not (NousResearch/hermes-agent#17341, charmbracelet/crush#2696).
 * DeepSeek also wants `content` not to be null beside it (can1357/oh-my-pi#788).
 */
export function requireReasoningContent(models: RegExp): Quirk {
  return {
    name: 'require-reasoning-content',
    when: ({ dialect, model }) => dialect === 'openai-chat' && models.test(model),
    apply: (body) => (asObject(body.thinking)?.type === 'disabled' ? body : mapMessages(body, complete)),
  };
}

function complete(message: JsonObject): JsonObject {
  if (message.role !== 'assistant' || asArray(message.tool_calls).length === 0) return message;
  if (message.reasoning_content && message.content !== null) return message;
  return { ...message, content: message.content ?? '', reasoning_content: message.reasoning_content || ' ' };
}
