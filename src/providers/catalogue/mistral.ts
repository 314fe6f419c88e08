import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { dropFields, dropOpenaiBookkeeping } from '../quirks/drop-fields.ts';
import { messageFields } from '../quirks/message-fields.ts';
import { mistralSeed } from '../quirks/mistral-seed.ts';
import { mistralToolIds } from '../quirks/mistral-tool-ids.ts';
import { noStreamOptions } from '../quirks/no-stream-options.ts';
import { noReasoningEffort, reasoningEfforts } from '../quirks/reasoning-efforts.ts';

export const mistral = defineProvider({
  id: 'mistral',
  name: 'Mistral',
  prefix: 'mistral',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.mistral.ai/v1' } },
  quirks: [
    ...compatibleHost,
    mistralToolIds,
    mistralSeed,
    messageFields('name', 'prefix'),
    noStreamOptions,
    dropOpenaiBookkeeping('service_tier', 'user'),
    dropFields(['logprobs', 'top_logprobs', 'logit_bias']),
    reasoningEfforts(/mistral-(?:small|medium)/, ['none', 'high']),
    noReasoningEffort(/^(?!mistral-(?:small|medium))/),
  ],
  models: {
    url: '/models',
    seed: [
      {
        id: 'mistral-large-latest',
        name: 'Mistral Large (latest)',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: true,
        reasoning: false,
      },
      {
        id: 'mistral-medium-latest',
        name: 'Mistral Medium 3.5',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'mistral-small-latest',
        name: 'Mistral Small (latest)',
        contextWindow: 256_000,
        maxOutput: 256_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'codestral-latest',
        name: 'Codestral (latest)',
        contextWindow: 256_000,
        maxOutput: 4096,
        tools: true,
        vision: false,
        reasoning: false,
      },
      {
        id: 'devstral-latest',
        name: 'Devstral 2',
        contextWindow: 262_144,
        maxOutput: 262_144,
        tools: true,
        vision: false,
        reasoning: false,
      },
      {
        id: 'magistral-medium-latest',
        name: 'Magistral Medium (latest)',
        contextWindow: 128_000,
        maxOutput: 16_384,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  errors: [{ class: 'overload', status: 429, text: /capacity exceeded/i }],
  terms: { status: 'ok' },
  env: ['MISTRAL_API_KEY'],
  keyUrl: 'https://console.mistral.ai/api-keys',
  modalities: { embeddings: '/embeddings', speechToText: '/audio/transcriptions', moderation: '/moderations' },
  unverified: ['Usage comes in the last chunk of a stream without stream_options.'],
});
