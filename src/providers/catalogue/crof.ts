import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const crof = defineProvider({
  id: 'crof',
  name: 'CrofAI',
  prefix: 'crof',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://crof.ai/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      { id: 'glm-5.2', name: 'GLM-5.2', contextWindow: 1_000_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      { id: 'kimi-k2.6', name: 'Kimi K2.6', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: true, reasoning: true },
      {
        id: 'deepseek-v4-pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 1_000_000,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-v4-flash',
        name: 'DeepSeek V4 Flash',
        contextWindow: 1_000_000,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  quota: { form: 'crof', url: 'https://crof.ai/usage_api/' },
  terms: { status: 'ok' },
  env: ['CROF_API_KEY'],
  keyUrl: 'https://crof.ai/dashboard',
  unverified: ['The quota endpoint is known from tools in public alone; when its day begins is not known.'],
});
