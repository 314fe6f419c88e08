import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const vllm = defineProvider({
  id: 'vllm',
  name: 'vLLM (local)',
  prefix: 'vllm',
  tier: 'local',
  auth: { type: 'bearer', optional: true },
  endpoints: { 'openai-chat': { baseUrl: 'http://localhost:8000/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  modalities: { embeddings: '/embeddings' },
});
