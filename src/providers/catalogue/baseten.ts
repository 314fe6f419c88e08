import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const baseten = defineProvider({
  id: 'baseten',
  name: 'Baseten',
  prefix: 'baseten',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://inference.baseten.co/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'zai-org/GLM-5.2', name: 'GLM 5.2', contextWindow: 202_720, maxOutput: 202_720, tools: true, vision: false, reasoning: true },
      {
        id: 'moonshotai/Kimi-K2.7-Code',
        name: 'Kimi K2.7 Code',
        contextWindow: 262_000,
        maxOutput: 262_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/DeepSeek-V4-Pro',
        name: 'Deepseek V4 Pro',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'openai/gpt-oss-120b',
        name: 'OpenAI GPT 120B',
        contextWindow: 128_072,
        maxOutput: 128_072,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['BASETEN_API_KEY'],
  keyUrl: 'https://app.baseten.co/settings/api_keys',
});
