import { defineProvider } from '../provider.ts';
import { alibabaErrors, alibabaModels, alibabaQuirks } from './shared/alibaba.ts';

export const alibabaCn = defineProvider({
  id: 'alibaba-cn',
  name: 'Alibaba Model Studio (China)',
  prefix: 'ali-cn',
  aliases: ['qwen', 'dashscope cn'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://dashscope.aliyuncs.com/compatible-mode/v1' },
    'anthropic-messages': { baseUrl: 'https://dashscope.aliyuncs.com/apps/anthropic/v1' },
  },
  quirks: alibabaQuirks,
  models: { url: '/models', seed: alibabaModels },
  errors: alibabaErrors,
  terms: { status: 'ok' },
  env: ['DASHSCOPE_API_KEY'],
  keyUrl: 'https://bailian.console.aliyun.com',
  unverified: ['The Responses API exists here for some Qwen models only and is not offered.'],
});
