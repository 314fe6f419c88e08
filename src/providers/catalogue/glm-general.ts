import { defineProvider } from '../provider.ts';
import { zaiErrors, zaiModels, zaiQuirks } from './shared/zai.ts';

/** Pay as you go; a coding-plan key answers code 1113 here. */
export const glmGeneral = defineProvider({
  id: 'glm-general',
  name: 'Z.ai GLM API',
  prefix: 'glm-general',
  aliases: ['zai', 'zhipu'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.z.ai/api/paas/v4' },
  },
  quirks: zaiQuirks,
  models: { url: '/models', seed: zaiModels },
  errors: zaiErrors,
  terms: { status: 'ok' },
  env: ['ZAI_API_KEY', 'ZHIPU_API_KEY'],
  keyUrl: 'https://z.ai/manage-apikey/apikey-list',
  unverified: ['Codes 1308 and above come in part from general knowledge.'],
});
