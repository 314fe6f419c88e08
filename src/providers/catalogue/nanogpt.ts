import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const nanogpt = defineProvider({
  id: 'nanogpt',
  name: 'NanoGPT',
  prefix: 'nanogpt',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://nano-gpt.com/api/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      {
        id: 'minimax/minimax-m3',
        name: 'MiniMax M3',
        contextWindow: 512_000,
        maxOutput: 80_000,
        tools: true,
        vision: true,
        reasoning: false,
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
      {
        id: 'google/gemini-3.5-flash',
        name: 'Gemini 3.5 Flash',
        contextWindow: 1_048_576,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'stepfun/step-3.7-flash:thinking',
        name: 'Step 3.7 Flash Thinking',
        contextWindow: 256_000,
        maxOutput: 256_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  quota: { form: 'nanogpt', url: 'https://nano-gpt.com/api/subscription/v1/usage' },
  terms: { status: 'ok' },
  env: ['NANO_GPT_API_KEY'],
  keyUrl: 'https://nano-gpt.com/api',
  unverified: [
    'The documented quota answer has requests a day and a month; that of newer plans, with input tokens, is known from answers in public.',
  ],
});
