import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const poe = defineProvider({
  id: 'poe',
  name: 'Poe',
  prefix: 'poe',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.poe.com/v1' },
    'openai-responses': { baseUrl: 'https://api.poe.com/v1' },
  },
  quirks: compatibleHost,
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      {
        id: 'anthropic/claude-opus-4.8',
        name: 'Claude-Opus-4.8',
        contextWindow: 1_048_576,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'openai/gpt-5.5', name: 'GPT-5.5', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      {
        id: 'google/gemini-3.5-flash',
        name: 'Gemini-3.5-Flash',
        contextWindow: 1_048_576,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'novita/kimi-k2.6', name: 'Kimi-K2.6', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: true, reasoning: true },
    ],
  },
  quota: { form: 'balance', url: 'https://api.poe.com/usage/current_balance', field: 'current_point_balance', unit: 'credits' },
  terms: { status: 'ok' },
  env: ['POE_API_KEY'],
  keyUrl: 'https://poe.com/api_key',
});
