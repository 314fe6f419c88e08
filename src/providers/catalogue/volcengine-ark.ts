import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';
import { thinkingSwitch } from '../quirks/thinking-switch.ts';

export const volcengineArk = defineProvider({
  id: 'volcengine-ark',
  name: 'Volcengine Ark (Doubao)',
  prefix: 'volcengine-ark',
  aliases: ['doubao', 'ark'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://ark.cn-beijing.volces.com/api/v3' } },
  quirks: [...compatibleHost, noParallelToolCalls, thinkingSwitch({ models: /doubao|deepseek|glm/i })],
  models: { seed: [] },
  terms: { status: 'ok' },
  env: ['ARK_API_KEY'],
  keyUrl: 'https://console.volcengine.com/ark',
  unverified: ['No OpenAI-shaped model list is documented; models are named by the user (or by his inference endpoint ep-…).'],
});
