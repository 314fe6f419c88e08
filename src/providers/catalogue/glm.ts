import { defineProvider } from '../provider.ts';
import { zaiErrors, zaiModels, zaiPlanTerms, zaiQuirks } from './shared/zai.ts';

/** Keys are bound to plan and region: at another endpoint they answer code 1113. */
export const glm = defineProvider({
  id: 'glm',
  name: 'Z.ai GLM Coding Plan',
  prefix: 'glm',
  aliases: ['zai', 'zai coding plan', 'zhipu'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.z.ai/api/coding/paas/v4' },
    'anthropic-messages': { baseUrl: 'https://api.z.ai/api/anthropic/v1' },
  },
  quirks: zaiQuirks,
  models: { url: '/models', seed: zaiModels },
  errors: zaiErrors,
  quota: { form: 'zai', url: 'https://api.z.ai/api/monitor/usage/quota/limit' },
  terms: zaiPlanTerms,
  env: ['ZAI_API_KEY', 'ZHIPU_API_KEY'],
  keyUrl: 'https://z.ai/manage-apikey/apikey-list',
  unverified: [
    'Codes 1308 and above come in part from general knowledge.',
    'The quota endpoint is not documented; its shape is known from answers in public, and some tools send the key there without Bearer.',
  ],
});
