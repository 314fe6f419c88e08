import type { FailureRule } from '../../../dialects/shared/classify.ts';
import type { ModelInfo, Provider, Quirk } from '../../provider.ts';
import { compatibleHost } from '../../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../../quirks/no-parallel-tool-calls.ts';
import { glmSystemToUser } from '../../quirks/system-to-user.ts';
import { thinkingSwitch } from '../../quirks/thinking-switch.ts';

/** The inner `error.code` of Z.ai and BigModel. */
export const zaiErrors: FailureRule[] = [
  // No balance, or a key used at the other region's or the other plan's endpoint.
  { class: 'billing', word: '1113' },
  { class: 'quota', word: ['1304', '1308', '1310'] },
  { class: 'billing', word: '1309' },
  { class: 'rate', word: ['1302', '1303'] },
  { class: 'overload', word: '1305' },
  { class: 'auth', word: ['1000', '1001', '1002', '1003', '1004', '1112', '1121'] },
  { class: 'capability', word: ['1211', '1220', '1221', '1222'] },
  { class: 'request', word: ['1210', '1212', '1213', '1214', '1215'] },
  { class: 'policy', word: ['1300', '1301', '1313'] },
];

export const zaiQuirks: Quirk[] = [
  ...compatibleHost,
  glmSystemToUser,
  noParallelToolCalls,
  thinkingSwitch({ models: /glm-(?:4\.[5-9]|[5-9])/i, keepsEffort: /glm-(?:5\.[2-9]|[6-9])/i }),
];

export const zaiModels: ModelInfo[] = [
  { id: 'glm-5.2', name: 'GLM-5.2', contextWindow: 1_000_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'glm-5.1', name: 'GLM-5.1', contextWindow: 200_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'glm-5', name: 'GLM-5', contextWindow: 204_800, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'glm-5-turbo', name: 'GLM-5-Turbo', contextWindow: 200_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'glm-4.7', name: 'GLM-4.7', contextWindow: 204_800, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'glm-4.7-flash', name: 'GLM-4.7-Flash', contextWindow: 200_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'glm-4.6', name: 'GLM-4.6', contextWindow: 204_800, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
  { id: 'glm-4.6v', name: 'GLM-4.6V', contextWindow: 128_000, maxOutput: 32_768, tools: true, vision: true, reasoning: true },
  { id: 'glm-4.5', name: 'GLM-4.5', contextWindow: 131_072, maxOutput: 98_304, tools: true, vision: false, reasoning: true },
  { id: 'glm-4.5-air', name: 'GLM-4.5-Air', contextWindow: 131_072, maxOutput: 98_304, tools: true, vision: false, reasoning: true },
];

export const zaiPlanTerms: Provider['terms'] = {
  status: 'restricted',
  notice:
    'The coding plan is limited to coding tools the vendor lists; own scripts and shared accounts count as violations (fair-use error 1313) and can end in a ban. A general API key has no such limit.',
};
