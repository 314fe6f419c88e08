import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const novita = defineProvider({
  id: 'novita',
  name: 'Novita AI',
  prefix: 'novita',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.novita.ai/openai/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'zai-org/glm-5.2', name: 'GLM-5.2', contextWindow: 1_048_576, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      {
        id: 'deepseek/deepseek-v4-pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 1_048_576,
        maxOutput: 393_216,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek/deepseek-v4-flash',
        name: 'DeepSeek V4 Flash',
        contextWindow: 1_048_576,
        maxOutput: 393_216,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'moonshotai/kimi-k2.6',
        name: 'Kimi K2.6',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'qwen/qwen3.7-max',
        name: 'Qwen3.7-Max',
        contextWindow: 1_000_000,
        maxOutput: 65_536,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  quota: {
    form: 'balance',
    url: 'https://api.novita.ai/openapi/v1/billing/balance/detail',
    field: 'availableBalance',
    unit: 'usd',
    perUnit: 10_000,
  },
  terms: { status: 'ok' },
  env: ['NOVITA_API_KEY'],
  keyUrl: 'https://novita.ai/settings/key-management',
  unverified: [
    'Sources disagree (/openai, /openai/v1, /v3/openai); /openai/v1 was chosen, which the vendor’s reference page for chat completions names.',
  ],
});
