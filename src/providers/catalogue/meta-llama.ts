import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const metaLlama = defineProvider({
  id: 'meta-llama',
  name: 'Meta Llama API',
  prefix: 'meta-llama',
  aliases: ['llama'],
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.llama.com/compat/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      {
        id: 'Llama-4-Maverick-17B-128E-Instruct-FP8',
        contextWindow: 128_000,
        maxOutput: 4096,
        tools: true,
        vision: true,
        reasoning: false,
      },
      { id: 'Llama-4-Scout-17B-16E-Instruct-FP8', contextWindow: 128_000, maxOutput: 4096, tools: true, vision: true, reasoning: false },
    ],
  },
  terms: { status: 'ok' },
  env: ['LLAMA_API_KEY'],
  keyUrl: 'https://llama.developer.meta.com',
  unverified: ['A preview; the spelling of model ids is general knowledge: read the live list.'],
});
