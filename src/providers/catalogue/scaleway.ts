import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const scaleway = defineProvider({
  id: 'scaleway',
  name: 'Scaleway Generative APIs',
  prefix: 'scaleway',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.scaleway.ai/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'glm-5.2', name: 'GLM-5.2', contextWindow: 256_000, maxOutput: 16_384, tools: true, vision: false, reasoning: true },
      {
        id: 'qwen3.5-397b-a17b',
        name: 'Qwen3.5 397B A17B',
        contextWindow: 256_000,
        maxOutput: 16_384,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'mistral-medium-3.5-128b',
        name: 'Mistral Medium 3.5 128B',
        contextWindow: 256_000,
        maxOutput: 16_384,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'gpt-oss-120b', name: 'GPT-OSS 120B', contextWindow: 128_000, maxOutput: 32_768, tools: true, vision: false, reasoning: true },
      {
        id: 'llama-3.3-70b-instruct',
        name: 'Llama-3.3-70B-Instruct',
        contextWindow: 100_000,
        maxOutput: 16_384,
        tools: true,
        vision: false,
        reasoning: false,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['SCALEWAY_API_KEY'],
  keyUrl: 'https://console.scaleway.com/iam/api-keys',
});
