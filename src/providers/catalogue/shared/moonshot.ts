import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ModelInfo, Quirk } from '../../provider.ts';
import { compatibleHost } from '../../quirks/compatible-host.ts';
import { fixedTemperature } from '../../quirks/fixed-temperature.ts';
import { noParallelToolCalls } from '../../quirks/no-parallel-tool-calls.ts';
import { requireReasoningContent } from '../../quirks/reasoning-content.ts';
import { thinkingSwitch } from '../../quirks/thinking-switch.ts';

export const moonshotErrors: FailureRule[] = [
  { class: 'billing', status: [403, 429], word: 'exceeded_current_quota_error' },
  { class: 'rate', word: 'rate_limit_reached_error' },
  { class: 'overload', word: 'engine_overloaded_error' },
  { class: 'auth', word: 'invalid_authentication_error' },
  { class: 'capability', status: 404, word: 'resource_not_found_error' },
  { class: 'policy', status: 400, word: 'content_filter' },
  { class: 'request', status: 400, text: /reasoning_content is missing/i },
];

/** K2.5 and K2.6 can be told not to think; K2.7 Code and K2 Thinking always do (platform.kimi.ai/docs/api/chat). */
export const moonshotQuirks: Quirk[] = [
  ...compatibleHost,
  noParallelToolCalls,
  thinkingSwitch({ models: /k2(?:\.|p)[56]/ }),
  fixedTemperature(/k2(?:\.|p)[5-9]/),
  requireReasoningContent(/k2(?:\.|p)[5-9]|thinking/),
];

export const moonshotModels: ModelInfo[] = [
  { id: 'kimi-k2.6', name: 'Kimi K2.6', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: true, reasoning: true },
  { id: 'kimi-k2.7-code', name: 'Kimi K2.7 Code', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: true, reasoning: true },
  { id: 'kimi-k2.5', name: 'Kimi K2.5', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: true, reasoning: true },
  {
    id: 'kimi-k2-thinking',
    name: 'Kimi K2 Thinking',
    contextWindow: 262_144,
    maxOutput: 262_144,
    tools: true,
    vision: false,
    reasoning: true,
  },
  {
    id: 'kimi-k2-thinking-turbo',
    name: 'Kimi K2 Thinking Turbo',
    contextWindow: 262_144,
    maxOutput: 262_144,
    tools: true,
    vision: false,
    reasoning: true,
  },
  {
    id: 'kimi-k2-turbo-preview',
    name: 'Kimi K2 Turbo',
    contextWindow: 262_144,
    maxOutput: 262_144,
    tools: true,
    vision: false,
    reasoning: false,
  },
];
