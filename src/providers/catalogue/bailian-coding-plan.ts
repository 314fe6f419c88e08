import { defineProvider } from '../provider.ts';
import { alibabaErrors, alibabaQuirks, codingPlanModels, codingPlanTerms } from './shared/alibaba.ts';

/** Plan keys work at the plan's own host only. */
export const bailianCodingPlan = defineProvider({
  id: 'bailian-coding-plan',
  name: 'Alibaba Coding Plan',
  prefix: 'bcp',
  aliases: ['alicode', 'qwen coding plan'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/v1' },
    'anthropic-messages': { baseUrl: 'https://coding-intl.dashscope.aliyuncs.com/apps/anthropic/v1' },
  },
  quirks: alibabaQuirks,
  models: { seed: codingPlanModels },
  errors: alibabaErrors,
  terms: codingPlanTerms,
  env: ['ALIBABA_CODING_PLAN_API_KEY'],
  keyUrl: 'https://modelstudio.console.alibabacloud.com',
  unverified: ['No model list of the plan hosts is documented.'],
});
