import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';

export const hunyuan = defineProvider({
  id: 'hunyuan',
  name: 'Tencent Hunyuan',
  prefix: 'hunyuan',
  aliases: ['tencent'],
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.hunyuan.cloud.tencent.com/v1' } },
  quirks: [...compatibleHost, noParallelToolCalls],
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['HUNYUAN_API_KEY'],
  keyUrl: 'https://console.cloud.tencent.com/hunyuan/api-key',
});
