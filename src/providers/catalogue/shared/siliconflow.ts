import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ModelInfo, Quirk } from '../../provider.ts';
import { compatibleHost } from '../../quirks/compatible-host.ts';
import { qwenThinking } from '../../quirks/qwen-thinking.ts';

export const siliconflowErrors: FailureRule[] = [
  { class: 'billing', status: [402, 403], text: /balance is insufficient|insufficient balance|余额不足/i },
];

/** `enable_thinking` and `thinking_budget` here too (docs.siliconflow.com, Chat completions). */
export const siliconflowQuirks: Quirk[] = [...compatibleHost, qwenThinking];

export const siliconflowModels: ModelInfo[] = [
  { id: 'zai-org/GLM-5.2', name: 'GLM-5.2', contextWindow: 1_049_000, maxOutput: 262_000, tools: true, vision: false, reasoning: true },
  {
    id: 'deepseek-ai/DeepSeek-V4-Pro',
    name: 'DeepSeek V4 Pro',
    contextWindow: 1_000_000,
    maxOutput: 384_000,
    tools: true,
    vision: false,
    reasoning: true,
  },
  {
    id: 'deepseek-ai/DeepSeek-V4-Flash',
    name: 'DeepSeek V4 Flash',
    contextWindow: 1_000_000,
    maxOutput: 384_000,
    tools: true,
    vision: false,
    reasoning: true,
  },
  { id: 'moonshotai/Kimi-K2.6', contextWindow: 262_000, maxOutput: 262_000, tools: true, vision: true, reasoning: true },
  { id: 'Qwen/Qwen3.6-27B', name: 'Qwen3.6 27B', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: false, reasoning: false },
];
