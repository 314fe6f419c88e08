import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

/** The server's default context is small (4,096 tokens in older versions) unless it is started with more: OLLAMA_CONTEXT_LENGTH. */
export const ollamaLocal = defineProvider({
  id: 'ollama-local',
  name: 'Ollama (local)',
  prefix: 'ollama',
  aliases: ['ollama'],
  tier: 'local',
  auth: { type: 'bearer', optional: true },
  endpoints: { 'openai-chat': { baseUrl: 'http://localhost:11434/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', needsKey: false, seed: [] },
  errors: [{ class: 'capability', status: 404, text: /not found/i }],
  terms: { status: 'ok' },
  modalities: { embeddings: '/embeddings' },
});
