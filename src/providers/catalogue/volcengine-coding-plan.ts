import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';

export const volcengineCodingPlan = defineProvider({
  id: 'volcengine-coding-plan',
  name: 'Volcengine Ark Coding Plan',
  prefix: 'volcengine-coding-plan',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://ark.cn-beijing.volces.com/api/coding/v3' } },
  quirks: [...compatibleHost, noParallelToolCalls],
  models: { seed: [] },
  terms: { status: 'ok' },
  env: ['ARK_API_KEY'],
  keyUrl: 'https://console.volcengine.com/ark',
  unverified: ['No model list of the plan host is documented.'],
});
