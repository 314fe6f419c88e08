import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';

export const requesty = defineProvider({
  id: 'requesty',
  name: 'Requesty',
  prefix: 'requesty',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://router.requesty.ai/v1' } },
  quirks: [developerToSystem],
  models: {
    url: '/models',
    seed: [
      { id: 'openai/gpt-5.4', name: 'GPT-5.4', contextWindow: 1_050_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      {
        id: 'anthropic/claude-sonnet-4-6',
        name: 'Claude Sonnet 4.6',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'anthropic/claude-opus-4-6',
        name: 'Claude Opus 4.6',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'google/gemini-3-flash-preview',
        name: 'Gemini 3 Flash',
        contextWindow: 1_048_576,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['REQUESTY_API_KEY'],
  keyUrl: 'https://app.requesty.ai/api-keys',
});
