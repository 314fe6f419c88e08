import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';
import { ernieSystemToUser } from '../quirks/system-to-user.ts';

export const qianfan = defineProvider({
  id: 'qianfan',
  name: 'Baidu Qianfan',
  prefix: 'qianfan',
  aliases: ['baidu', 'ernie'],
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://qianfan.baidubce.com/v2' } },
  quirks: [...compatibleHost, ernieSystemToUser, noParallelToolCalls],
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['QIANFAN_API_KEY'],
  keyUrl: 'https://console.bce.baidu.com/iam/#/iam/apikey/list',
});
