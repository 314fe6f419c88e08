import { defineProvider } from '../provider.ts';
import { zaiErrors, zaiModels, zaiPlanTerms, zaiQuirks } from './shared/zai.ts';

/** Keys are bound to plan and region: at another endpoint they answer code 1113. */
export const glmCn = defineProvider({
  id: 'glm-cn',
  name: 'BigModel GLM Coding Plan (China)',
  prefix: 'glm-cn',
  aliases: ['bigmodel', 'zhipu'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://open.bigmodel.cn/api/coding/paas/v4' },
    'anthropic-messages': { baseUrl: 'https://open.bigmodel.cn/api/anthropic/v1' },
  },
  quirks: zaiQuirks,
  models: { url: '/models', seed: zaiModels },
  errors: zaiErrors,
  quota: { form: 'zai', url: 'https://open.bigmodel.cn/api/monitor/usage/quota/limit' },
  terms: zaiPlanTerms,
  env: ['ZHIPU_API_KEY'],
  keyUrl: 'https://open.bigmodel.cn/usercenter/apikeys',
  unverified: [
    'Codes 1308 and above come in part from general knowledge.',
    'The quota endpoint is not documented; its shape is known from answers in public, and some tools send the key there without Bearer.',
  ],
});
