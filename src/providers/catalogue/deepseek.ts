import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { requireReasoningContent } from '../quirks/reasoning-content.ts';
import { thinkingSwitch } from '../quirks/thinking-switch.ts';

export const deepseek = defineProvider({
  id: 'deepseek',
  name: 'DeepSeek',
  prefix: 'ds',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.deepseek.com' },
    'anthropic-messages': { baseUrl: 'https://api.deepseek.com/anthropic/v1', auth: { type: 'header', header: 'x-api-key' } },
  },
  quirks: [...compatibleHost, thinkingSwitch({ models: /v4/, keepsEffort: /v4/ }), requireReasoningContent(/v4|reasoner/)],
  models: {
    url: '/models',
    seed: [
      {
        id: 'deepseek-v4-flash',
        name: 'DeepSeek V4 Flash',
        contextWindow: 1_000_000,
        maxOutput: 384_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-v4-pro',
        name: 'DeepSeek V4 Pro',
        contextWindow: 1_000_000,
        maxOutput: 384_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-chat',
        name: 'DeepSeek Chat',
        contextWindow: 1_000_000,
        maxOutput: 384_000,
        tools: true,
        vision: false,
        reasoning: false,
      },
      {
        id: 'deepseek-reasoner',
        name: 'DeepSeek Reasoner',
        contextWindow: 1_000_000,
        maxOutput: 384_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  errors: [
    { class: 'billing', status: 402 },
    { class: 'request', status: 422 },
  ],
  quota: { form: 'deepseek', url: 'https://api.deepseek.com/user/balance' },
  terms: { status: 'ok' },
  env: ['DEEPSEEK_API_KEY'],
  keyUrl: 'https://platform.deepseek.com/api_keys',
});
