import { defineProvider } from '../provider.ts';
import { ownBaseUrl } from './shared/own-base-url.ts';

/** Any host that speaks the OpenAI Responses API. */
export const openaiResponsesCompatible = defineProvider({
  id: 'openai-responses-compatible',
  name: 'OpenAI-compatible (Responses)',
  prefix: 'openai-responses-compatible',
  tier: 'api-key',
  auth: { type: 'bearer', optional: true },
  customBaseUrl: true,
  parameters: [ownBaseUrl('http://localhost:8080/v1')],
  endpoints: { 'openai-responses': { baseUrl: '{baseUrl}' } },
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
});
