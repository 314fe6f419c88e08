import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { opencodeErrors } from './shared/opencode.ts';

export const opencodeGo = defineProvider({
  id: 'opencode-go',
  name: 'OpenCode Go',
  prefix: 'ocg',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://opencode.ai/zen/go/v1' },
    'anthropic-messages': { baseUrl: 'https://opencode.ai/zen/go/v1', auth: { type: 'header', header: 'x-api-key' } },
  },
  modelDialects: [
    { match: /^(?:minimax|qwen)/, dialect: 'anthropic-messages' },
    { match: /./, dialect: 'openai-chat' },
  ],
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'glm-5.2', name: 'GLM-5.2', contextWindow: 1_000_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      { id: 'glm-5.1', name: 'GLM-5.1', contextWindow: 202_752, maxOutput: 32_768, tools: true, vision: false, reasoning: true },
      { id: 'kimi-k2.6', name: 'Kimi K2.6', contextWindow: 262_144, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
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
        id: 'deepseek-v4-flash',
        name: 'DeepSeek V4 Flash',
        contextWindow: 1_000_000,
        maxOutput: 384_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
      { id: 'mimo-v2.5', name: 'MiMo V2.5', contextWindow: 1_000_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      {
        id: 'minimax-m3',
        name: 'MiniMax-M3 (3x usage)',
        contextWindow: 1_000_000,
        maxOutput: 131_072,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'minimax-m2.7', name: 'MiniMax-M2.7', contextWindow: 204_800, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      { id: 'qwen3.7-max', name: 'Qwen3.7 Max', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: false, reasoning: true },
      { id: 'qwen3.7-plus', name: 'Qwen3.7 Plus', contextWindow: 1_000_000, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
    ],
  },
  errors: opencodeErrors,
  quota: { form: 'opencode-go', url: 'https://opencode.ai/zen/go/v1/usage' },
  terms: { status: 'ok' },
  env: ['OPENCODE_API_KEY'],
  keyUrl: 'https://opencode.ai/auth',
  unverified: ['The quota endpoint is not in the vendor’s documentation; its shape is known from answers in public.'],
});
