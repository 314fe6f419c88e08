import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const lambda = defineProvider({
  id: 'lambda',
  name: 'Lambda',
  prefix: 'lambda',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.lambda.ai/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['LAMBDA_API_KEY'],
  keyUrl: 'https://cloud.lambda.ai/api-keys',
});
