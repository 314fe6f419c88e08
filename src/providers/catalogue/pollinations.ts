import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const pollinations = defineProvider({
  id: 'pollinations',
  name: 'Pollinations',
  prefix: 'pol',
  tier: 'free',
  auth: { type: 'bearer', optional: true },
  endpoints: { 'openai-chat': { baseUrl: 'https://gen.pollinations.ai/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', needsKey: false, seed: [] },
  terms: { status: 'ok' },
  env: ['POLLINATIONS_API_KEY'],
  keyUrl: 'https://enter.pollinations.ai',
  unverified: ['The legacy base https://text.pollinations.ai/openai is not used.'],
});
