import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { reasoningEfforts } from '../quirks/reasoning-efforts.ts';

export const nebius = defineProvider({
  id: 'nebius',
  name: 'Nebius Token Factory',
  prefix: 'nebius',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.tokenfactory.nebius.com/v1' } },
  quirks: [...compatibleHost, reasoningEfforts(/./, ['low', 'medium', 'high'])],
  models: {
    url: '/models',
    seed: [
      { id: 'zai-org/GLM-5.2', name: 'GLM-5.2', contextWindow: 432_000, maxOutput: 432_000, tools: true, vision: false, reasoning: true },
      {
        id: 'deepseek-ai/DeepSeek-V4-Pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 1_000_000,
        maxOutput: 384_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'Qwen/Qwen3.5-397B-A17B',
        name: 'Qwen3.5-397B-A17B',
        contextWindow: 262_144,
        maxOutput: 8192,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'openai/gpt-oss-120b',
        name: 'gpt-oss-120b',
        contextWindow: 128_000,
        maxOutput: 8192,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'meta-llama/Llama-3.3-70B-Instruct',
        name: 'Llama-3.3-70B-Instruct',
        contextWindow: 128_000,
        maxOutput: 8192,
        tools: true,
        vision: false,
        reasoning: false,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['NEBIUS_API_KEY'],
  keyUrl: 'https://tokenfactory.nebius.com',
  modalities: { embeddings: '/embeddings', images: '/images/generations' },
});
