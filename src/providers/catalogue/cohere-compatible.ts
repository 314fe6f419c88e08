import { defineProvider } from '../provider.ts';
import { ownBaseUrl } from './shared/own-base-url.ts';

/** Cohere's own API, or a host that speaks it: a private deployment, a company gateway. */
export const cohereCompatible = defineProvider({
  id: 'cohere-compatible',
  name: 'Cohere-compatible (v2 chat)',
  prefix: 'cohere-native',
  tier: 'api-key',
  auth: { type: 'bearer' },
  customBaseUrl: true,
  parameters: [ownBaseUrl('https://api.cohere.com/v2')],
  endpoints: { 'cohere-chat': { baseUrl: '{baseUrl}' } },
  // The list has no v2 (docs.cohere.com/reference/list-models): it lives beside the base.
  models: { url: '/../v1/models?page_size=1000&endpoint=chat', shape: 'cohere', seed: [] },
  terms: { status: 'ok' },
});
