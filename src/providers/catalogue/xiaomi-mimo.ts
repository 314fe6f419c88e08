import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { noParallelToolCalls } from '../quirks/no-parallel-tool-calls.ts';
import { requireReasoningContent } from '../quirks/reasoning-content.ts';
import { thinkingSwitch } from '../quirks/thinking-switch.ts';

export const xiaomiMimo = defineProvider({
  id: 'xiaomi-mimo',
  name: 'Xiaomi MiMo',
  prefix: 'mimo',
  aliases: ['xiaomi'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'openai-chat': { baseUrl: 'https://api.xiaomimimo.com/v1' },
    'anthropic-messages': { baseUrl: 'https://api.xiaomimimo.com/anthropic/v1' },
  },
  quirks: [...compatibleHost, noParallelToolCalls, thinkingSwitch({ models: /mimo/i }), requireReasoningContent(/mimo/i)],
  models: {
    url: '/models',
    seed: [
      { id: 'mimo-v2.5', name: 'MiMo-V2.5', contextWindow: 1_048_576, maxOutput: 131_072, tools: true, vision: true, reasoning: true },
      {
        id: 'mimo-v2.5-pro',
        name: 'MiMo-V2.5-Pro',
        contextWindow: 1_048_576,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['XIAOMI_API_KEY'],
  keyUrl: 'https://platform.xiaomimimo.com',
});
