import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { reasoningEnabled } from '../quirks/reasoning-enabled.ts';

export const deepinfra = defineProvider({
  id: 'deepinfra',
  name: 'DeepInfra',
  prefix: 'deepinfra',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.deepinfra.com/v1/openai' },
    'anthropic-messages': { baseUrl: 'https://api.deepinfra.com/anthropic/v1' },
  },
  quirks: [...compatibleHost, reasoningEnabled],
  models: {
    url: '/models',
    seed: [
      { id: 'zai-org/GLM-5.2', name: 'GLM-5.2', contextWindow: 1_048_576, maxOutput: 32_768, tools: true, vision: false, reasoning: true },
      {
        id: 'deepseek-ai/DeepSeek-V4-Pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 1_048_576,
        maxOutput: 16_384,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/DeepSeek-V4-Flash',
        name: 'DeepSeek V4 Flash',
        contextWindow: 1_048_576,
        maxOutput: 16_384,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'moonshotai/Kimi-K2.6',
        name: 'Kimi K2.6',
        contextWindow: 262_144,
        maxOutput: 16_384,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'Qwen/Qwen3.5-397B-A17B',
        name: 'Qwen 3.5 397B A17B',
        contextWindow: 262_144,
        maxOutput: 81_920,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['DEEPINFRA_API_KEY'],
  keyUrl: 'https://deepinfra.com/dash/api_keys',
  modalities: { embeddings: '/embeddings' },
});
