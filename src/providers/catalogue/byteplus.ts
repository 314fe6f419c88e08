import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';

export const byteplus = defineProvider({
  id: 'byteplus',
  name: 'BytePlus ModelArk Coding Plan',
  prefix: 'byteplus',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://ark.ap-southeast.bytepluses.com/api/coding/v3' } },
  quirks: [...compatibleHost, noParallelToolCalls],
  models: { seed: [] },
  terms: { status: 'ok' },
  env: ['BYTEPLUS_API_KEY'],
  keyUrl: 'https://console.byteplus.com/ark',
  unverified: ['No model list of the plan host is documented.'],
});
