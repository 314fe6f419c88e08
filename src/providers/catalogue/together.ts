import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { reasoningEfforts } from '../quirks/reasoning-efforts.ts';
import { reasoningEnabled } from '../quirks/reasoning-enabled.ts';

export const together = defineProvider({
  id: 'together',
  name: 'Together AI',
  prefix: 'together',
  aliases: ['together ai'],
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.together.xyz/v1' } },
  quirks: [...compatibleHost, reasoningEnabled, reasoningEfforts(/./, ['low', 'medium', 'high'])],
  models: {
    url: '/models',
    shape: 'array',
    seed: [
      { id: 'zai-org/GLM-5.2', name: 'GLM-5.2', contextWindow: 262_144, maxOutput: 164_000, tools: true, vision: false, reasoning: true },
      {
        id: 'moonshotai/Kimi-K2.6',
        name: 'Kimi K2.6',
        contextWindow: 262_144,
        maxOutput: 131_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/DeepSeek-V4-Pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 512_000,
        maxOutput: 384_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'MiniMaxAI/MiniMax-M2.7',
        name: 'MiniMax-M2.7',
        contextWindow: 202_752,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'Qwen/Qwen3.5-397B-A17B',
        name: 'Qwen3.5 397B A17B',
        contextWindow: 262_144,
        maxOutput: 130_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'openai/gpt-oss-120b',
        name: 'GPT OSS 120B',
        contextWindow: 131_072,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['TOGETHER_API_KEY'],
  keyUrl: 'https://api.together.ai/settings/api-keys',
  modalities: {
    embeddings: '/embeddings',
    images: '/images/generations',
    speechToText: '/audio/transcriptions',
    textToSpeech: '/audio/speech',
    rerank: '/rerank',
  },
  unverified: ['The modalities mix registries and general knowledge.'],
});
