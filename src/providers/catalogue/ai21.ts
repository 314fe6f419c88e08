import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const ai21 = defineProvider({
  id: 'ai21',
  name: 'AI21',
  prefix: 'ai21',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.ai21.com/studio/v1' } },
  quirks: compatibleHost,
  models: { seed: [] },
  terms: { status: 'ok' },
  env: ['AI21_API_KEY'],
  keyUrl: 'https://studio.ai21.com/account/api-key',
  unverified: ['No model list is documented; Jamba models are named by the user.'],
});
