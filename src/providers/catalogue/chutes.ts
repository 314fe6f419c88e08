import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const chutes = defineProvider({
  id: 'chutes',
  name: 'Chutes',
  prefix: 'ch',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://llm.chutes.ai/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      {
        id: 'zai-org/GLM-5.2-TEE',
        name: 'GLM 5.2 TEE',
        contextWindow: 1_048_576,
        maxOutput: 65_535,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'moonshotai/Kimi-K2.6-TEE',
        name: 'Kimi K2.6 TEE',
        contextWindow: 262_144,
        maxOutput: 65_535,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/DeepSeek-V3.2-TEE',
        name: 'DeepSeek V3.2 TEE',
        contextWindow: 131_072,
        maxOutput: 65_536,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'Qwen/Qwen3.5-397B-A17B-TEE',
        name: 'Qwen3.5 397B A17B TEE',
        contextWindow: 262_144,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['CHUTES_API_KEY'],
  keyUrl: 'https://chutes.ai/app/api',
  unverified: ['An older source has another base.'],
});
