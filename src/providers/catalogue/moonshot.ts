import { defineProvider } from '../provider.ts';
import { moonshotErrors, moonshotModels, moonshotQuirks } from './shared/moonshot.ts';

export const moonshot = defineProvider({
  id: 'moonshot',
  name: 'Moonshot AI (Kimi)',
  prefix: 'kimi',
  aliases: ['kimi'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.moonshot.ai/v1' },
    'anthropic-messages': { baseUrl: 'https://api.moonshot.ai/anthropic/v1' },
  },
  quirks: moonshotQuirks,
  models: { url: '/models', seed: moonshotModels },
  errors: moonshotErrors,
  quota: { form: 'balance', url: 'https://api.moonshot.ai/v1/users/me/balance', field: 'data.available_balance', unit: 'usd' },
  terms: { status: 'ok' },
  env: ['MOONSHOT_API_KEY'],
  keyUrl: 'https://platform.moonshot.ai/console/api-keys',
});
