import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';
import { stripReasoningContent } from '../quirks/reasoning-content.ts';
import { reasoningEfforts } from '../quirks/reasoning-efforts.ts';
import { xaiNoEffort, xaiReasoningFields } from '../quirks/xai-reasoning.ts';

export const xai = defineProvider({
  id: 'xai',
  name: 'xAI',
  prefix: 'xai',
  aliases: ['grok'],
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.x.ai/v1' },
    'openai-responses': { baseUrl: 'https://api.x.ai/v1' },
  },
  quirks: [
    developerToSystem,
    xaiReasoningFields,
    xaiNoEffort,
    reasoningEfforts(/grok-4\.3/, ['none', 'low', 'medium', 'high']),
    stripReasoningContent,
  ],
  models: {
    url: '/models',
    seed: [
      { id: 'grok-4.3', name: 'Grok 4.3', contextWindow: 1_000_000, maxOutput: 30_000, tools: true, vision: true, reasoning: true },
      {
        id: 'grok-4.20-0309-reasoning',
        name: 'Grok 4.20 (Reasoning)',
        contextWindow: 1_000_000,
        maxOutput: 30_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'grok-4.20-0309-non-reasoning',
        name: 'Grok 4.20 (Non-Reasoning)',
        contextWindow: 1_000_000,
        maxOutput: 30_000,
        tools: true,
        vision: true,
        reasoning: false,
      },
      {
        id: 'grok-4.20-multi-agent-0309',
        name: 'Grok 4.20 Multi-Agent',
        contextWindow: 1_000_000,
        maxOutput: 30_000,
        tools: false,
        vision: true,
        reasoning: true,
      },
      {
        id: 'grok-build-0.1',
        name: 'Grok Build 0.1',
        contextWindow: 256_000,
        maxOutput: 256_000,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  errors: [
    // A bad key is a 400 (recordings/errors/xai-error-handling-…-auth-error).
    { class: 'auth', status: 400, text: /incorrect api key/i },
    { class: 'billing', status: [403, 429], text: /doesn't have any credits|used all available credits|spending limit/i },
  ],
  terms: { status: 'ok' },
  env: ['XAI_API_KEY'],
  keyUrl: 'https://console.x.ai',
  modalities: { images: '/images/generations' },
});
