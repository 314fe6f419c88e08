import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';

export const sambanova = defineProvider({
  id: 'sambanova',
  name: 'SambaNova',
  prefix: 'sambanova',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.sambanova.ai/v1' } },
  quirks: [...compatibleHost, noParallelToolCalls],
  models: { url: '/models', seed: [] },
  // docs.sambanova.ai/docs/en/models/rate-limits: requests a minute and day of each model.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['SAMBANOVA_API_KEY'],
  keyUrl: 'https://cloud.sambanova.ai/apis',
});
