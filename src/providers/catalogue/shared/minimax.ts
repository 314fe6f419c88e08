import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ModelInfo, Quirk } from '../../provider.ts';
import { compatibleHost } from '../../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../../quirks/no-parallel-tool-calls.ts';
import { splitReasoning } from '../../quirks/split-reasoning.ts';
import { thinkingSwitch } from '../../quirks/thinking-switch.ts';

/** `base_resp.status_code`, which may come with HTTP 200. */
export const minimaxErrors: FailureRule[] = [
  { class: 'billing', word: '1008' },
  { class: 'quota', word: '2056' },
  { class: 'capability', word: '2061' },
  { class: 'rate', word: '1002' },
  { class: 'overload', word: ['1000', '1001', '1024', '1033'] },
  { class: 'auth', word: ['1004', '2049'] },
  { class: 'context', word: '1039' },
  { class: 'policy', word: ['1026', '1027'] },
  { class: 'request', word: '2013' },
];

export const minimaxQuirks: Quirk[] = [
  ...compatibleHost,
  noParallelToolCalls,
  thinkingSwitch({ models: /M3/i, on: 'adaptive' }),
  splitReasoning,
];

export const minimaxModels: ModelInfo[] = [
  { id: 'MiniMax-M3', contextWindow: 1_000_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
  { id: 'MiniMax-M2.7', contextWindow: 204_800, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'MiniMax-M2.7-highspeed', contextWindow: 204_800, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'MiniMax-M2.5', contextWindow: 204_800, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
];
