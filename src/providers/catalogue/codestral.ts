import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { dropOpenaiBookkeeping } from '../quirks/drop-fields.ts';
import { messageFields } from '../quirks/message-fields.ts';
import { mistralSeed } from '../quirks/mistral-seed.ts';
import { mistralToolIds } from '../quirks/mistral-tool-ids.ts';
import { noStreamOptions } from '../quirks/no-stream-options.ts';

/** Has a key of its own; Mistral's general key does not work here. */
export const codestral = defineProvider({
  id: 'codestral',
  name: 'Mistral Codestral',
  prefix: 'codestral',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://codestral.mistral.ai/v1' } },
  quirks: [
    ...compatibleHost,
    mistralToolIds,
    mistralSeed,
    messageFields('name', 'prefix'),
    noStreamOptions,
    dropOpenaiBookkeeping('service_tier', 'user'),
  ],
  models: {
    seed: [
      {
        id: 'codestral-latest',
        name: 'Codestral (latest)',
        contextWindow: 256_000,
        maxOutput: 4096,
        tools: true,
        vision: false,
        reasoning: false,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['CODESTRAL_API_KEY'],
  keyUrl: 'https://console.mistral.ai/codestral',
});
