import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const puter = defineProvider({
  id: 'puter',
  name: 'Puter',
  prefix: 'puter',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.puter.com/puterai/openai/v1' } },
  quirks: compatibleHost,
  models: { url: '/models', seed: [] },
  terms: { status: 'ok' },
  env: ['PUTER_API_KEY'],
  keyUrl: 'https://puter.com/dashboard',
});
