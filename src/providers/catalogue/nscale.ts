import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const nscale = defineProvider({
  id: 'nscale',
  name: 'Nscale',
  prefix: 'nscale',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://inference.api.nscale.com/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['NSCALE_API_KEY'],
  keyUrl: 'https://console.nscale.com',
});
