import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';

export const venice = defineProvider({
  id: 'venice',
  name: 'Venice',
  prefix: 'venice',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.venice.ai/api/v1' } },
  quirks: [developerToSystem],
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      { id: 'zai-org-glm-5-2', name: 'GLM 5.2', contextWindow: 1_000_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      {
        id: 'kimi-k2-7-code',
        name: 'Kimi K2.7 Code',
        contextWindow: 256_000,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'claude-opus-4-8',
        name: 'Claude Opus 4.8',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'qwen-3-7-plus',
        name: 'Qwen 3.7 Plus',
        contextWindow: 1_000_000,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['VENICE_API_KEY'],
  keyUrl: 'https://venice.ai/settings/api',
  unverified: ['The Responses endpoint is an alpha and is not offered.'],
});
