import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const longcat = defineProvider({
  id: 'longcat',
  name: 'LongCat',
  prefix: 'lc',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.longcat.chat/openai/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [{ id: 'LongCat-Flash-Lite' }] },
  terms: { status: 'ok' },
  env: ['LONGCAT_API_KEY'],
  keyUrl: 'https://longcat.chat/platform',
  unverified: ['50M free tokens a day is a claim of one README.'],
});
