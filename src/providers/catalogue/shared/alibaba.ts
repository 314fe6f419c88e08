import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ModelInfo, Provider, Quirk } from '../../provider.ts';
import { compatibleHost } from '../../quirks/compatible-host.ts';
import { qwenForcedTool, qwenThinking } from '../../quirks/qwen-thinking.ts';

/** Model Studio's error codes (help.aliyun.com/model-studio/error-code). */
export const alibabaErrors: FailureRule[] = [
  { class: 'billing', word: ['Arrearage', 'AccessDenied.Unpurchased', 'AllocationQuota.FreeTierOnly'] },
  { class: 'rate', word: ['Throttling', 'Throttling.RateQuota', 'Throttling.AllocationQuota', 'limit_burst_rate', 'limit_requests'] },
  { class: 'policy', word: ['data_inspection_failed', 'DataInspectionFailed'] },
  { class: 'auth', word: 'InvalidApiKey' },
  { class: 'capability', word: ['ModelNotFound', 'model_not_found', 'Model.AccessDenied'] },
];

export const alibabaQuirks: Quirk[] = [...compatibleHost, qwenThinking, qwenForcedTool];

export const alibabaModels: ModelInfo[] = [
  { id: 'qwen3.7-max', name: 'Qwen3.7 Max', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: false, reasoning: true },
  { id: 'qwen3.7-plus', name: 'Qwen3.7 Plus', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
  { id: 'qwen3.6-plus', name: 'Qwen3.6 Plus', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
  { id: 'qwen3-max', name: 'Qwen3 Max', contextWindow: 262_144, maxOutput: 65_536, tools: true, vision: false, reasoning: false },
  {
    id: 'qwen3-coder-plus',
    name: 'Qwen3 Coder Plus',
    contextWindow: 1_048_576,
    maxOutput: 65_536,
    tools: true,
    vision: false,
    reasoning: false,
  },
  {
    id: 'qwen3-coder-flash',
    name: 'Qwen3 Coder Flash',
    contextWindow: 1_000_000,
    maxOutput: 65_536,
    tools: true,
    vision: false,
    reasoning: false,
  },
  { id: 'qwen-plus', name: 'Qwen Plus', contextWindow: 1_000_000, maxOutput: 32_768, tools: true, vision: false, reasoning: true },
];

export const codingPlanModels: ModelInfo[] = [
  { id: 'qwen3.7-max', name: 'Qwen3.7 Max', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: false, reasoning: true },
  { id: 'qwen3.7-plus', name: 'Qwen3.7 Plus', contextWindow: 1_000_000, maxOutput: 64_000, tools: true, vision: true, reasoning: true },
  { id: 'qwen3.6-plus', name: 'Qwen3.6 Plus', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
  { id: 'qwen3.5-plus', name: 'Qwen3.5 Plus', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
  {
    id: 'qwen3-coder-plus',
    name: 'Qwen3 Coder Plus',
    contextWindow: 1_000_000,
    maxOutput: 65_536,
    tools: true,
    vision: false,
    reasoning: false,
  },
  {
    id: 'qwen3-coder-next',
    name: 'Qwen3 Coder Next',
    contextWindow: 262_144,
    maxOutput: 65_536,
    tools: true,
    vision: false,
    reasoning: false,
  },
  { id: 'glm-5', name: 'GLM-5', contextWindow: 202_752, maxOutput: 16_384, tools: true, vision: false, reasoning: true },
  { id: 'kimi-k2.5', name: 'Kimi K2.5', contextWindow: 262_144, maxOutput: 32_768, tools: true, vision: true, reasoning: true },
  { id: 'MiniMax-M2.5', contextWindow: 196_608, maxOutput: 24_576, tools: true, vision: false, reasoning: true },
];

export const codingPlanTerms: Provider['terms'] = {
  status: 'unclear',
  notice: 'A plan for coding tools. Whether other programs may use its keys could not be confirmed: read the vendor’s terms first.',
};
