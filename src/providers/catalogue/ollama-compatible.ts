import { defineProvider } from '../provider.ts';
import { ownBaseUrl } from './shared/own-base-url.ts';

/** Ollama's own API on another machine or behind a proxy. Prompts longer than the server's context are cut by it, silently. */
export const ollamaCompatible = defineProvider({
  id: 'ollama-compatible',
  name: 'Ollama-compatible (native chat)',
  prefix: 'ollama-native',
  tier: 'api-key',
  auth: { type: 'bearer', optional: true },
  customBaseUrl: true,
  parameters: [ownBaseUrl('http://localhost:11434/api')],
  endpoints: { ollama: { baseUrl: '{baseUrl}' } },
  models: { url: '/tags', shape: 'ollama', needsKey: false, seed: [] },
  terms: { status: 'ok' },
});
