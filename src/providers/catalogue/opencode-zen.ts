import { defineProvider } from '../provider.ts';
import { anthropicSampling } from '../quirks/anthropic-sampling.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noSamplingOnReasoning } from '../quirks/no-sampling-on-reasoning.ts';
import { opencodeErrors } from './shared/opencode.ts';

/** Each family of models has its own endpoint (opencode.ai/docs/zen#endpoints). Free models answer to the word "public" as key. */
export const opencodeZen = defineProvider({
  id: 'opencode-zen',
  name: 'OpenCode Zen',
  prefix: 'oc',
  aliases: ['opencode'],
  tier: 'api-key',
  auth: { type: 'bearer', optional: true, fallbackKey: 'public' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://opencode.ai/zen/v1' },
    'openai-responses': { baseUrl: 'https://opencode.ai/zen/v1' },
    'anthropic-messages': {
      baseUrl: 'https://opencode.ai/zen/v1',
      auth: { type: 'header', header: 'x-api-key' },
      quirks: [anthropicSampling],
    },
    gemini: { baseUrl: 'https://opencode.ai/zen/v1', auth: { type: 'header', header: 'x-goog-api-key' } },
  },
  modelDialects: [
    { match: /^(?:claude|qwen)/, dialect: 'anthropic-messages' },
    { match: /^gpt/, dialect: 'openai-responses' },
    { match: /^gemini/, dialect: 'gemini' },
    { match: /./, dialect: 'openai-chat' },
  ],
  quirks: [...compatibleHost, noSamplingOnReasoning],
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      { id: 'gpt-5.5', name: 'GPT-5.5', contextWindow: 1_050_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      {
        id: 'claude-sonnet-5',
        name: 'Claude Sonnet 5',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'claude-opus-4-8',
        name: 'Claude Opus 4.8',
        contextWindow: 1_000_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'gemini-3.5-flash',
        name: 'Gemini 3.5 Flash',
        contextWindow: 1_048_576,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'glm-5.2', name: 'GLM-5.2', contextWindow: 1_000_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
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
      { id: 'minimax-m3', name: 'MiniMax-M3', contextWindow: 512_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      {
        id: 'deepseek-v4-flash-free',
        name: 'DeepSeek V4 Flash Free',
        contextWindow: 200_000,
        maxOutput: 128_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'mimo-v2.5-free',
        name: 'MiMo V2.5 Free',
        contextWindow: 200_000,
        maxOutput: 32_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  errors: opencodeErrors,
  terms: { status: 'ok' },
  env: ['OPENCODE_API_KEY'],
  keyUrl: 'https://opencode.ai/auth',
  unverified: [
    'Free models serve on the anthropic and gemini endpoints only with a key of one’s own.',
    'One source has MiniMax models on /messages, the vendor’s table of 2026-06 does not; the table was chosen.',
  ],
});
