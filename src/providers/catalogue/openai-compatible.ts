import { defineProvider } from '../provider.ts';
import { ownBaseUrl } from './shared/own-base-url.ts';

/** Any host that speaks OpenAI Chat Completions: a company gateway, LocalAI, llama.cpp, text-generation-inference. */
export const openaiCompatible = defineProvider({
  id: 'openai-compatible',
  name: 'OpenAI-compatible (Chat Completions)',
  prefix: 'openai-compatible',
  tier: 'api-key',
  auth: { type: 'bearer', optional: true },
  customBaseUrl: true,
  parameters: [ownBaseUrl('http://localhost:8080/v1')],
  endpoints: { 'openai-chat': { baseUrl: '{baseUrl}' } },
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
});
