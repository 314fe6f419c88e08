import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { dropOpenaiBookkeeping } from '../quirks/drop-fields.ts';
import { stripReasoningContent } from '../quirks/reasoning-content.ts';

export const nvidia = defineProvider({
  id: 'nvidia',
  name: 'NVIDIA NIM',
  prefix: 'nvidia',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://integrate.api.nvidia.com/v1' } },
  quirks: [...compatibleHost, stripReasoningContent, dropOpenaiBookkeeping],
  models: {
    url: '/models',
    seed: [
      {
        id: 'nvidia/nemotron-3-ultra-550b-a55b',
        name: 'Nemotron 3 Ultra 550B A55B',
        contextWindow: 1_000_000,
        maxOutput: 65_536,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'nvidia/nemotron-3-super-120b-a12b',
        name: 'Nemotron 3 Super',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/deepseek-v4-pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 1_048_576,
        maxOutput: 393_216,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/deepseek-v4-flash',
        name: 'DeepSeek V4 Flash',
        contextWindow: 1_048_576,
        maxOutput: 393_216,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'minimaxai/minimax-m3',
        name: 'MiniMax-M3',
        contextWindow: 1_000_000,
        maxOutput: 16_384,
        tools: true,
        vision: true,
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
      { id: 'z-ai/glm-5.1', name: 'GLM-5.1', contextWindow: 131_072, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
    ],
  },
  terms: { status: 'ok' },
  env: ['NVIDIA_API_KEY'],
  keyUrl: 'https://build.nvidia.com',
  modalities: { embeddings: '/embeddings' },
  unverified: ['Some routes serve gpt-oss without tools.'],
});
