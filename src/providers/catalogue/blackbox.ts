import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const blackbox = defineProvider({
  id: 'blackbox',
  name: 'Blackbox AI',
  prefix: 'bb',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.blackbox.ai/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['BLACKBOX_API_KEY'],
  keyUrl: 'https://www.blackbox.ai/dashboard',
});
