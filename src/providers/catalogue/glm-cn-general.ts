import { defineProvider } from '../provider.ts';
import { zaiErrors, zaiModels, zaiQuirks } from './shared/zai.ts';

/** Pay as you go; a coding-plan key answers code 1113 here. */
export const glmCnGeneral = defineProvider({
  id: 'glm-cn-general',
  name: 'BigModel GLM API (China)',
  prefix: 'glm-cn-general',
  aliases: ['bigmodel', 'zhipu'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://open.bigmodel.cn/api/paas/v4' },
  },
  quirks: zaiQuirks,
  models: { url: '/models', seed: zaiModels },
  errors: zaiErrors,
  terms: { status: 'ok' },
  env: ['ZHIPU_API_KEY'],
  keyUrl: 'https://open.bigmodel.cn/usercenter/apikeys',
  unverified: ['Codes 1308 and above come in part from general knowledge.'],
});
