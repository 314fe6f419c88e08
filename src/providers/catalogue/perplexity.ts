import { defineProvider } from '../provider.ts';
import { alternateTurns } from '../quirks/alternate-turns.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noStreamOptions } from '../quirks/no-stream-options.ts';
import { noTools } from '../quirks/no-tools.ts';
import { stripReasoningContent } from '../quirks/reasoning-content.ts';
import { reasoningEfforts } from '../quirks/reasoning-efforts.ts';

export const perplexity = defineProvider({
  id: 'perplexity',
  name: 'Perplexity',
  prefix: 'pplx',
  aliases: ['sonar'],
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.perplexity.ai' } },
  quirks: [
    ...compatibleHost,
    noTools,
    alternateTurns,
    noStreamOptions,
    stripReasoningContent,
    reasoningEfforts(/sonar/, ['minimal', 'low', 'medium', 'high']),
  ],
  thinkTags: true,
  models: {
    seed: [
      { id: 'sonar', name: 'Sonar', contextWindow: 128_000, maxOutput: 4096, tools: false, vision: false, reasoning: false },
      { id: 'sonar-pro', name: 'Sonar Pro', contextWindow: 200_000, maxOutput: 8192, tools: false, vision: true, reasoning: false },
      {
        id: 'sonar-reasoning-pro',
        name: 'Sonar Reasoning Pro',
        contextWindow: 128_000,
        maxOutput: 4096,
        tools: false,
        vision: true,
        reasoning: true,
      },
      {
        id: 'sonar-deep-research',
        name: 'Perplexity Sonar Deep Research',
        contextWindow: 128_000,
        maxOutput: 32_768,
        tools: false,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['PERPLEXITY_API_KEY'],
  keyUrl: 'https://www.perplexity.ai/account/api',
  unverified: ['Newer vendor pages name POST /v1/sonar; /chat/completions was chosen, as both older and newer sources know it.'],
});
