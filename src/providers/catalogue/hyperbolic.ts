import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const hyperbolic = defineProvider({
  id: 'hyperbolic',
  name: 'Hyperbolic',
  prefix: 'hyp',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.hyperbolic.xyz/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['HYPERBOLIC_API_KEY'],
  keyUrl: 'https://app.hyperbolic.ai/settings',
  modalities: { images: '/image/generation', textToSpeech: '/audio/generation' },
});
