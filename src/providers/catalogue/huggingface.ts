import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';
import { maxTokens } from '../quirks/token-limit.ts';

export const huggingface = defineProvider({
  id: 'huggingface',
  name: 'Hugging Face Inference Providers',
  prefix: 'hf',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://router.huggingface.co/v1' } },
  quirks: [developerToSystem, maxTokens],
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      { id: 'zai-org/GLM-5.2', name: 'GLM-5.2', contextWindow: 262_144, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      {
        id: 'deepseek-ai/DeepSeek-V4-Pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 1_048_576,
        maxOutput: 393_216,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'moonshotai/Kimi-K2.6',
        name: 'Kimi-K2.6',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'MiniMaxAI/MiniMax-M3',
        name: 'MiniMax-M3',
        contextWindow: 524_288,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'openai/gpt-oss-120b',
        name: 'GPT OSS 120B',
        contextWindow: 131_072,
        maxOutput: 32_768,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  errors: [{ class: 'quota', status: 402, text: /included credits/i }],
  terms: { status: 'ok' },
  env: ['HF_TOKEN'],
  keyUrl: 'https://huggingface.co/settings/tokens',
});
