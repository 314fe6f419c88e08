import { defineProvider } from '../provider.ts';
import { ownBaseUrl } from './shared/own-base-url.ts';

/** Any host that speaks Anthropic Messages. The base URL may be given with or without its `/v1`. */
export const anthropicCompatible = defineProvider({
  id: 'anthropic-compatible',
  name: 'Anthropic-compatible (Messages)',
  prefix: 'anthropic-compatible',
  tier: 'api-key',
  auth: { type: 'header', header: 'x-api-key' },
  customBaseUrl: true,
  parameters: [ownBaseUrl('https://gateway.example.com/v1')],
  endpoints: { 'anthropic-messages': { baseUrl: '{baseUrl}', countTokens: true } },
  models: { url: '/models?limit=1000', shape: 'anthropic', seed: [] },
  terms: { status: 'ok' },
});
