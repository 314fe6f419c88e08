import { defineProvider } from '../provider.ts';
import { moonshotErrors, moonshotModels, moonshotQuirks } from './shared/moonshot.ts';

export const moonshotCn = defineProvider({
  id: 'moonshot-cn',
  name: 'Moonshot AI (Kimi, China)',
  prefix: 'kimi-cn',
  aliases: ['kimi cn'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.moonshot.cn/v1' },
    'anthropic-messages': { baseUrl: 'https://api.moonshot.cn/anthropic/v1' },
  },
  quirks: moonshotQuirks,
  models: { url: '/models', seed: moonshotModels },
  errors: moonshotErrors,
  quota: { form: 'balance', url: 'https://api.moonshot.cn/v1/users/me/balance', field: 'data.available_balance', unit: 'CNY' },
  terms: { status: 'ok' },
  env: ['MOONSHOT_API_KEY'],
  keyUrl: 'https://platform.moonshot.cn/console/api-keys',
});
