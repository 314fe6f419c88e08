import { defineProvider } from '../provider.ts';
import { noEffortWithTools } from '../quirks/no-effort-with-tools.ts';
import { noSamplingOnReasoning } from '../quirks/no-sampling-on-reasoning.ts';
import { stripReasoningContent } from '../quirks/reasoning-content.ts';
import { maxCompletionTokens } from '../quirks/token-limit.ts';
import { openaiErrors, openaiModelDialects } from './shared/openai-models.ts';
import { openaiRateLimits } from './shared/rate-limits.ts';

/** Responses stands first: a translated request keeps its reasoning there, and tools beside reasoning work for every model. */
export const openai = defineProvider({
  id: 'openai',
  name: 'OpenAI',
  prefix: 'openai',
  aliases: ['gpt', 'chatgpt'],
  tier: 'api-key',
  auth: { type: 'bearer' },
  parameters: [
    { name: 'organization', label: 'Organization ID', example: 'org-…', optional: true },
    { name: 'project', label: 'Project ID', example: 'proj_…', optional: true },
  ],
  headers: { 'openai-organization': '{organization}', 'openai-project': '{project}' },
  endpoints: {
    'openai-responses': { baseUrl: 'https://api.openai.com/v1' },
    'openai-chat': { baseUrl: 'https://api.openai.com/v1' },
  },
  modelDialects: openaiModelDialects,
  quirks: [maxCompletionTokens, noSamplingOnReasoning, noEffortWithTools, stripReasoningContent],
  models: {
    url: '/models',
    seed: [
      { id: 'gpt-5.5', name: 'GPT-5.5', contextWindow: 1_050_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      { id: 'gpt-5.5-pro', name: 'GPT-5.5 Pro', contextWindow: 1_050_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      { id: 'gpt-5.4', name: 'GPT-5.4', contextWindow: 1_050_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      { id: 'gpt-5.4-mini', name: 'GPT-5.4 mini', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      { id: 'gpt-5.4-nano', name: 'GPT-5.4 nano', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      {
        id: 'gpt-5.3-codex',
        name: 'GPT-5.3 Codex',
        contextWindow: 400_000,
        maxOutput: 128_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      { id: 'gpt-5.2', name: 'GPT-5.2', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      { id: 'gpt-5.1', name: 'GPT-5.1', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      { id: 'gpt-5-mini', name: 'GPT-5 Mini', contextWindow: 400_000, maxOutput: 128_000, tools: true, vision: true, reasoning: true },
      { id: 'gpt-4.1', name: 'GPT-4.1', contextWindow: 1_047_576, maxOutput: 32_768, tools: true, vision: true, reasoning: false },
      {
        id: 'gpt-4.1-mini',
        name: 'GPT-4.1 mini',
        contextWindow: 1_047_576,
        maxOutput: 32_768,
        tools: true,
        vision: true,
        reasoning: false,
      },
      { id: 'gpt-4o', name: 'GPT-4o', contextWindow: 128_000, maxOutput: 16_384, tools: true, vision: true, reasoning: false },
      { id: 'gpt-4o-mini', name: 'GPT-4o mini', contextWindow: 128_000, maxOutput: 16_384, tools: true, vision: true, reasoning: false },
      { id: 'o3', contextWindow: 200_000, maxOutput: 100_000, tools: true, vision: true, reasoning: true },
      { id: 'o4-mini', contextWindow: 200_000, maxOutput: 100_000, tools: true, vision: true, reasoning: true },
    ],
  },
  errors: openaiErrors,
  rateLimits: openaiRateLimits,
  terms: { status: 'ok' },
  env: ['OPENAI_API_KEY'],
  keyUrl: 'https://platform.openai.com/api-keys',
  modalities: {
    embeddings: '/embeddings',
    images: '/images/generations',
    speechToText: '/audio/transcriptions',
    textToSpeech: '/audio/speech',
    moderation: '/moderations',
  },
});
