import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';
import { dropFields, dropOpenaiBookkeeping } from '../quirks/drop-fields.ts';
import { messageFields } from '../quirks/message-fields.ts';
import { reasoningAsReasoning } from '../quirks/reasoning-content.ts';
import { noReasoningEffort, reasoningEfforts } from '../quirks/reasoning-efforts.ts';
import { cerebrasRateLimits } from './shared/rate-limits.ts';

/** Charges the requested output limit against the minute's tokens up front: a large `max_completion_tokens` alone can bring a 429. */
export const cerebras = defineProvider({
  id: 'cerebras',
  name: 'Cerebras',
  prefix: 'cerebras',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.cerebras.ai/v1' } },
  quirks: [
    developerToSystem,
    reasoningAsReasoning,
    messageFields('name', 'reasoning'),
    dropFields(['frequency_penalty', 'presence_penalty', 'logit_bias']),
    dropOpenaiBookkeeping(),
    reasoningEfforts(/gpt-oss/, ['low', 'medium', 'high']),
    reasoningEfforts(/glm/, ['none']),
    noReasoningEffort(/^(?!.*(?:gpt-oss|glm))/),
  ],
  models: {
    url: '/models',
    seed: [
      { id: 'gpt-oss-120b', name: 'GPT OSS 120B', contextWindow: 131_072, maxOutput: 40_960, tools: true, vision: false, reasoning: true },
      { id: 'zai-glm-4.7', name: 'Z.AI GLM-4.7', contextWindow: 131_072, maxOutput: 40_960, tools: true, vision: false, reasoning: true },
    ],
  },
  rateLimits: cerebrasRateLimits,
  // inference-docs.cerebras.ai/support/rate-limits: per organisation, one row of limits a model.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['CEREBRAS_API_KEY'],
  keyUrl: 'https://cloud.cerebras.ai',
});
