import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const lmstudio = defineProvider({
  id: 'lmstudio',
  name: 'LM Studio (local)',
  prefix: 'lmstudio',
  aliases: ['lm studio'],
  tier: 'local',
  auth: { type: 'bearer', optional: true },
  endpoints: { 'openai-chat': { baseUrl: 'http://localhost:1234/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', needsKey: false, seed: [] },
  terms: { status: 'ok' },
  modalities: { embeddings: '/embeddings' },
});
