import { defineProvider } from '../provider.ts';
import { alibabaErrors, alibabaModels, alibabaQuirks } from './shared/alibaba.ts';

export const alibaba = defineProvider({
  id: 'alibaba',
  name: 'Alibaba Model Studio',
  prefix: 'ali',
  aliases: ['qwen', 'dashscope'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://dashscope-intl.aliyuncs.com/compatible-mode/v1' },
    'anthropic-messages': { baseUrl: 'https://dashscope-intl.aliyuncs.com/apps/anthropic/v1' },
  },
  quirks: alibabaQuirks,
  models: { url: '/models', seed: alibabaModels },
  errors: alibabaErrors,
  terms: { status: 'ok' },
  env: ['DASHSCOPE_API_KEY'],
  keyUrl: 'https://modelstudio.console.alibabacloud.com',
  unverified: [
    'The Responses API exists here for some Qwen models only and is not offered.',
    'A page of 2026 gives Singapore a host for each workspace, https://{workspace}.ap-southeast-1.maas.aliyuncs.com; the common host was chosen. Set a base URL of your own for the other.',
  ],
});
