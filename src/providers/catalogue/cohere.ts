import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { dropOpenaiBookkeeping } from '../quirks/drop-fields.ts';
import { messageFields } from '../quirks/message-fields.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';
import { reasoningEfforts } from '../quirks/reasoning-efforts.ts';

export const cohere = defineProvider({
  id: 'cohere',
  name: 'Cohere',
  prefix: 'cohere',
  aliases: ['command'],
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.cohere.com/compatibility/v1' } },
  quirks: [
    ...compatibleHost,
    noParallelToolCalls,
    messageFields(),
    dropOpenaiBookkeeping('metadata', 'prediction', 'service_tier', 'user'),
    reasoningEfforts(/./, ['none', 'high']),
  ],
  models: {
    url: 'https://api.cohere.com/v1/models?page_size=1000&endpoint=chat',
    shape: 'cohere',
    seed: [
      { id: 'command-a-03-2025', name: 'Command A', contextWindow: 256_000, maxOutput: 8000, tools: true, vision: false, reasoning: false },
      {
        id: 'command-a-plus-05-2026',
        name: 'Command A Plus',
        contextWindow: 128_000,
        maxOutput: 64_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'command-a-reasoning-08-2025',
        name: 'Command A Reasoning',
        contextWindow: 256_000,
        maxOutput: 32_000,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'command-r7b-12-2024',
        name: 'Command R7B',
        contextWindow: 128_000,
        maxOutput: 4000,
        tools: true,
        vision: false,
        reasoning: false,
      },
    ],
  },
  errors: [{ class: 'context', word: 'TOO_MANY_TOKENS' }],
  terms: { status: 'restricted', notice: 'Trial keys are free but limited in calls and not meant for production use.' },
  env: ['CO_API_KEY', 'COHERE_API_KEY'],
  keyUrl: 'https://dashboard.cohere.com/api-keys',
  modalities: {
    embeddings: 'https://api.cohere.com/v2/embed',
    speechToText: 'https://api.cohere.com/v2/audio/transcriptions',
    rerank: 'https://api.cohere.com/v2/rerank',
  },
});
