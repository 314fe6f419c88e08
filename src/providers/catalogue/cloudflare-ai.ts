import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const cloudflareAi = defineProvider({
  id: 'cloudflare-ai',
  name: 'Cloudflare Workers AI',
  prefix: 'cf',
  tier: 'free',
  auth: { type: 'bearer' },
  parameters: [{ name: 'accountId', label: 'Account ID', example: "32 hexadecimal digits, on the dashboard's overview page" }],
  endpoints: { 'openai-chat': { baseUrl: 'https://api.cloudflare.com/client/v4/accounts/{accountId}/ai/v1' } },
  quirks: compatibleHost,
  models: {
    url: 'https://api.cloudflare.com/client/v4/accounts/{accountId}/ai/models/search?per_page=100',
    shape: 'cloudflare',
    seed: [
      {
        id: '@cf/zai-org/glm-5.2',
        name: 'Glm 5.2',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: '@cf/moonshotai/kimi-k2.6',
        name: 'Kimi K2.6',
        contextWindow: 262_144,
        maxOutput: 256_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: '@cf/openai/gpt-oss-120b',
        name: 'GPT OSS 120B',
        contextWindow: 128_000,
        maxOutput: 16_384,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: '@cf/openai/gpt-oss-20b',
        name: 'GPT OSS 20B',
        contextWindow: 128_000,
        maxOutput: 16_384,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: '@cf/meta/llama-3.3-70b-instruct-fp8-fast',
        name: 'Llama 3.3 70B Instruct fp8 Fast',
        contextWindow: 24_000,
        maxOutput: 24_000,
        tools: true,
        vision: false,
        reasoning: false,
      },
    ],
  },
  errors: [
    // 10,000 neurons a day; a new day begins at 00:00 UTC.
    { class: 'quota', status: 429, text: /daily free allocation/i },
    { class: 'auth', status: [401, 403], word: '10000' },
    { class: 'capability', word: '5007' },
  ],
  terms: { status: 'ok' },
  env: ['CLOUDFLARE_API_KEY', 'CLOUDFLARE_API_TOKEN'],
  keyUrl: 'https://dash.cloudflare.com/profile/api-tokens',
  unverified: ['Code 5007 (no such model) is general knowledge.'],
});
