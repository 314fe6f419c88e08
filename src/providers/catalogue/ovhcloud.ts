import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const ovhcloud = defineProvider({
  id: 'ovhcloud',
  name: 'OVHcloud AI Endpoints',
  prefix: 'ovh',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://oai.endpoints.kepler.ai.cloud.ovh.net/v1' },
    'openai-responses': { baseUrl: 'https://oai.endpoints.kepler.ai.cloud.ovh.net/v1' },
  },
  quirks: compatibleHost,
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      {
        id: 'qwen3.5-397b-a17b',
        name: 'Qwen3.5-397B-A17B',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'qwen3.6-27b', name: 'Qwen3.6-27B', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: true, reasoning: true },
      { id: 'gpt-oss-120b', contextWindow: 131_072, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      { id: 'gpt-oss-20b', contextWindow: 131_072, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      {
        id: 'qwen3-coder-30b-a3b-instruct',
        name: 'Qwen3-Coder-30B-A3B-Instruct',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: false,
        reasoning: false,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['OVHCLOUD_API_KEY'],
  keyUrl: 'https://endpoints.ai.cloud.ovh.net',
});
