import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const wandb = defineProvider({
  id: 'wandb',
  name: 'W&B Inference',
  prefix: 'wandb',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.inference.wandb.ai/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'zai-org/GLM-5.1', name: 'GLM-5.1', contextWindow: 200_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      {
        id: 'moonshotai/Kimi-K2.5',
        name: 'Kimi K2.5',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/DeepSeek-V3.1',
        name: 'DeepSeek V3.1',
        contextWindow: 161_000,
        maxOutput: 161_000,
        tools: true,
        vision: false,
        reasoning: false,
      },
      {
        id: 'openai/gpt-oss-120b',
        name: 'gpt-oss-120b',
        contextWindow: 131_072,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['WANDB_API_KEY'],
  keyUrl: 'https://wandb.ai/authorize',
});
