import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const llm7 = defineProvider({
  id: 'llm7',
  name: 'LLM7',
  prefix: 'llm7',
  tier: 'free',
  auth: { type: 'bearer', optional: true },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.llm7.io/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', needsKey: false, seed: [] },
  terms: { status: 'ok' },
  env: ['LLM7_API_KEY'],
  keyUrl: 'https://token.llm7.io',
});
