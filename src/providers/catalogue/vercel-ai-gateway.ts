import { defineProvider } from '../provider.ts';
import { anthropicSampling } from '../quirks/anthropic-sampling.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';

export const vercelAiGateway = defineProvider({
  id: 'vercel-ai-gateway',
  name: 'Vercel AI Gateway',
  prefix: 'vercel',
  aliases: ['ai gateway'],
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://ai-gateway.vercel.sh/v1' },
    'openai-responses': { baseUrl: 'https://ai-gateway.vercel.sh/v1' },
    'anthropic-messages': {
      baseUrl: 'https://ai-gateway.vercel.sh/v1',
      auth: { type: 'header', header: 'x-api-key' },
      quirks: [anthropicSampling],
    },
  },
  quirks: [developerToSystem],
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      {
        id: 'anthropic/claude-sonnet-5',
        name: 'Claude Sonnet 5',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'anthropic/claude-opus-4.8',
        name: 'Claude Opus 4.8',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'openai/gpt-5.5', name: 'GPT 5.5', contextWindow: 1_000_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      {
        id: 'google/gemini-3.5-flash',
        name: 'Gemini 3.5 Flash',
        contextWindow: 1_000_000,
        maxOutput: 64_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'zai/glm-5.2', name: 'GLM 5.2', contextWindow: 1_000_000, maxOutput: 128_000, tools: true, vision: false, reasoning: true },
      {
        id: 'moonshotai/kimi-k2.7-code',
        name: 'Kimi K2.7 Code',
        contextWindow: 256_000,
        maxOutput: 32_768,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'alibaba/qwen3.7-plus',
        name: 'Qwen 3.7 Plus',
        contextWindow: 1_000_000,
        maxOutput: 64_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  quota: { form: 'balance', url: 'https://ai-gateway.vercel.sh/v1/credits', field: 'balance', unit: 'usd' },
  terms: { status: 'ok' },
  env: ['AI_GATEWAY_API_KEY'],
  keyUrl: 'https://vercel.com/dashboard/ai-gateway',
});
