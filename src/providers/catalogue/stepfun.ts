import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';
import { reasoningEfforts } from '../quirks/reasoning-efforts.ts';

export const stepfun = defineProvider({
  id: 'stepfun',
  name: 'StepFun',
  prefix: 'stepfun',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.stepfun.com/v1' },
    'anthropic-messages': { baseUrl: 'https://api.stepfun.com/v1' },
  },
  quirks: [
    ...compatibleHost,
    noParallelToolCalls,
    reasoningEfforts(/step-3\.7/, ['low', 'medium', 'high']),
    reasoningEfforts(/step-3\.5/, ['low', 'high']),
  ],
  models: {
    url: '/models',
    seed: [
      {
        id: 'step-3.7-flash',
        name: 'Step 3.7 Flash',
        contextWindow: 256_000,
        maxOutput: 256_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'step-3.5-flash',
        name: 'Step 3.5 Flash',
        contextWindow: 256_000,
        maxOutput: 256_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['STEPFUN_API_KEY'],
  keyUrl: 'https://platform.stepfun.com/interface-key',
});
