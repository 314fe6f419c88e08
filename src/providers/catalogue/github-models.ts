import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';
import { noSamplingOnReasoning } from '../quirks/no-sampling-on-reasoning.ts';
import { stripReasoningContent } from '../quirks/reasoning-content.ts';
import { maxCompletionTokens, maxTokens } from '../quirks/token-limit.ts';
import { openaiRateLimits } from './shared/rate-limits.ts';

/** The token needs the permission "Models: read". */
export const githubModels = defineProvider({
  id: 'github-models',
  name: 'GitHub Models',
  prefix: 'ghm',
  tier: 'free',
  auth: { type: 'bearer' },
  headers: { 'x-github-api-version': '2022-11-28' },
  endpoints: { 'openai-chat': { baseUrl: 'https://models.github.ai/inference' } },
  quirks: [developerToSystem, maxTokens, maxCompletionTokens, noSamplingOnReasoning, stripReasoningContent],
  models: {
    url: 'https://models.github.ai/catalog/models',
    shape: 'array',
    seed: [
      { id: 'openai/gpt-4.1', name: 'GPT-4.1', contextWindow: 128_000, maxOutput: 16_384, tools: true, vision: true, reasoning: false },
      {
        id: 'openai/gpt-4.1-mini',
        name: 'GPT-4.1-mini',
        contextWindow: 128_000,
        maxOutput: 16_384,
        tools: true,
        vision: true,
        reasoning: false,
      },
      { id: 'openai/gpt-4o', name: 'GPT-4o', contextWindow: 128_000, maxOutput: 16_384, tools: true, vision: true, reasoning: false },
      {
        id: 'deepseek/deepseek-v3-0324',
        name: 'DeepSeek-V3-0324',
        contextWindow: 128_000,
        maxOutput: 8192,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'meta/llama-4-maverick-17b-128e-instruct-fp8',
        name: 'Llama 4 Maverick 17B 128E Instruct FP8',
        contextWindow: 128_000,
        maxOutput: 8192,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  errors: [
    { class: 'quota', status: 429, text: /ByDay|per 86400s/ },
    { class: 'rate', status: 429, word: 'RateLimitReached' },
    { class: 'context', status: 413, word: 'tokens_limit_reached' },
    { class: 'capability', word: ['unknown_model', 'no_access'] },
  ],
  rateLimits: openaiRateLimits,
  // Its 429 names the limit: `x-ratelimit-type: UserByModelByDay`.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['GITHUB_TOKEN'],
  keyUrl: 'https://github.com/settings/personal-access-tokens',
  unverified: ['One source lists models at /inference/models; the documented catalogue was chosen.'],
});
