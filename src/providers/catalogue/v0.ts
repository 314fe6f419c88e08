import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const v0 = defineProvider({
  id: 'v0',
  name: 'v0 (Vercel)',
  prefix: 'v0',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.v0.dev/v1' } },
  quirks: compatibleHost,
  models: {
    seed: [
      { id: 'v0-1.5-md', contextWindow: 128_000, maxOutput: 32_000, tools: true, vision: true, reasoning: true },
      { id: 'v0-1.5-lg', contextWindow: 512_000, maxOutput: 32_000, tools: true, vision: true, reasoning: true },
      { id: 'v0-1.0-md', contextWindow: 128_000, maxOutput: 32_000, tools: true, vision: true, reasoning: true },
    ],
  },
  terms: { status: 'ok' },
  env: ['V0_API_KEY'],
  keyUrl: 'https://v0.app/chat/settings/keys',
  unverified: ['No model list is documented.'],
});
