import { defineProvider } from '../provider.ts';
import { geminiModels, googleErrors } from './shared/google.ts';

/** One API key instead of a project and a service account. */
export const vertexExpress = defineProvider({
  id: 'vertex-express',
  name: 'Google Vertex AI (express mode)',
  prefix: 'vxe',
  tier: 'api-key',
  auth: { type: 'header', header: 'x-goog-api-key' },
  endpoints: { gemini: { baseUrl: 'https://aiplatform.googleapis.com/v1/publishers/google', countTokens: true } },
  models: { seed: geminiModels },
  errors: googleErrors,
  terms: { status: 'ok' },
  env: ['GOOGLE_API_KEY'],
  keyUrl: 'https://console.cloud.google.com/vertex-ai/studio',
  unverified: ['Sources send the key as ?key=; the header was chosen, so that no URL holds it.'],
});
