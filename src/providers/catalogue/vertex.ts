import { defineProvider } from '../provider.ts';
import { cloudParameters, geminiModels, googleErrors } from './shared/google.ts';

export const vertex = defineProvider({
  id: 'vertex',
  name: 'Google Vertex AI',
  prefix: 'vx',
  aliases: ['google cloud'],
  tier: 'api-key',
  auth: { type: 'google-service-account' },
  parameters: cloudParameters,
  endpoints: { gemini: { baseUrl: 'https://{host}/v1/projects/{project}/locations/{region}/publishers/google', countTokens: true } },
  models: { seed: geminiModels },
  errors: googleErrors,
  // cloud.google.com/vertex-ai/generative-ai/docs/quotas: quota and shared capacity are per base model and region.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['GOOGLE_APPLICATION_CREDENTIALS_JSON'],
  keyUrl: 'https://console.cloud.google.com/iam-admin/serviceaccounts',
  unverified: ['The list of publisher models has no form that a project can rely on; the seed is used.'],
});
