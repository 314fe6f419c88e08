import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const featherless = defineProvider({
  id: 'featherless',
  name: 'Featherless AI',
  prefix: 'featherless',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.featherless.ai/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['FEATHERLESS_API_KEY'],
  keyUrl: 'https://featherless.ai/account/api-keys',
});
