import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const morph = defineProvider({
  id: 'morph',
  name: 'Morph',
  prefix: 'morph',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.morphllm.com/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'auto', name: 'Auto', contextWindow: 32_000, maxOutput: 32_000, tools: false, vision: false, reasoning: false },
      {
        id: 'morph-v3-fast',
        name: 'Morph v3 Fast',
        contextWindow: 16_000,
        maxOutput: 16_000,
        tools: false,
        vision: false,
        reasoning: false,
      },
      {
        id: 'morph-v3-large',
        name: 'Morph v3 Large',
        contextWindow: 32_000,
        maxOutput: 32_000,
        tools: false,
        vision: false,
        reasoning: false,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['MORPH_API_KEY'],
  keyUrl: 'https://morphllm.com/dashboard/api-keys',
});
