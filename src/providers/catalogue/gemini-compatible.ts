import { defineProvider } from '../provider.ts';
import { ownBaseUrl } from './shared/own-base-url.ts';

/** Any host that speaks Gemini generateContent. The base URL may be given with or without its `/v1beta`. */
export const geminiCompatible = defineProvider({
  id: 'gemini-compatible',
  name: 'Gemini-compatible (generateContent)',
  prefix: 'gemini-compatible',
  tier: 'api-key',
  auth: { type: 'header', header: 'x-goog-api-key' },
  customBaseUrl: true,
  parameters: [ownBaseUrl('https://gateway.example.com/v1beta')],
  endpoints: { gemini: { baseUrl: '{baseUrl}', countTokens: true } },
  models: { url: '/models?pageSize=1000', shape: 'gemini', seed: [] },
  terms: { status: 'ok' },
});
