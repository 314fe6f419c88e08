import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';

export const cline = defineProvider({
  id: 'cline',
  name: 'Cline',
  prefix: 'cl',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.cline.bot/api/v1' } },
  quirks: [developerToSystem],
  models: { seed: [] },
  terms: { status: 'allowed-with-key', notice: 'Cline issues API keys; its sign-in is meant for its own extension.' },
  env: ['CLINE_API_KEY'],
  keyUrl: 'https://app.cline.bot',
  unverified: ['No model list is documented.'],
});
