import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';

export const kiloGateway = defineProvider({
  id: 'kilo-gateway',
  name: 'Kilo Gateway',
  prefix: 'kg',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.kilo.ai/api/gateway' } },
  quirks: [developerToSystem],
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      {
        id: 'anthropic/claude-opus-4.7',
        name: 'Anthropic: Claude Opus 4.7',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'google/gemini-3.5-flash',
        name: 'Google: Gemini 3.5 Flash',
        contextWindow: 1_048_576,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'x-ai/grok-4.3', name: 'xAI: Grok 4.3', contextWindow: 1_000_000, maxOutput: 4096, tools: true, vision: true, reasoning: true },
      {
        id: 'x-ai/grok-build-0.1',
        name: 'xAI: Grok Build 0.1',
        contextWindow: 256_000,
        maxOutput: 256_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'poolside/laguna-xs.2:free',
        name: 'Poolside: Laguna XS.2 (free)',
        contextWindow: 262_144,
        maxOutput: 32_768,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'allowed-with-key', notice: 'Kilo issues API keys for this gateway; its sign-in is meant for its own extension.' },
  env: ['KILO_API_KEY'],
  keyUrl: 'https://app.kilo.ai',
});
