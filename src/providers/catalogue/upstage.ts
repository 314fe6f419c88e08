import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { reasoningEfforts } from '../quirks/reasoning-efforts.ts';

export const upstage = defineProvider({
  id: 'upstage',
  name: 'Upstage',
  prefix: 'upstage',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.upstage.ai/v1' } },
  quirks: [...compatibleHost, reasoningEfforts(/solar-pro3/, ['low', 'medium', 'high'])],
  models: {
    url: '/models',
    seed: [
      { id: 'solar-pro3', contextWindow: 131_072, maxOutput: 8192, tools: true, vision: false, reasoning: true },
      { id: 'solar-pro2', contextWindow: 65_536, maxOutput: 8192, tools: true, vision: false, reasoning: true },
      { id: 'solar-mini', contextWindow: 32_768, maxOutput: 4096, tools: true, vision: false, reasoning: false },
    ],
  },
  terms: { status: 'ok' },
  env: ['UPSTAGE_API_KEY'],
  keyUrl: 'https://console.upstage.ai/api-keys',
  unverified: ['Older sources give the base https://api.upstage.ai/v1/solar; the newer one was chosen.'],
});
