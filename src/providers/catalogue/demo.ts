import { defineProvider } from '../provider.ts';

/** Answers without any account, so that a new user sees the gateway work at once. Answered in-process: the URL is never asked. */
export const demo = defineProvider({
  id: 'demo',
  name: 'Demo (offline)',
  prefix: 'demo',
  tier: 'free',
  offline: true,
  auth: { type: 'none' },
  endpoints: { 'openai-chat': { baseUrl: 'http://demo.invalid/v1' } },
  models: {
    seed: [
      { id: 'echo', name: 'Echo', tools: false, vision: false, reasoning: false },
      { id: 'tools', name: 'Tool calls', tools: true, vision: false, reasoning: false },
    ],
  },
  terms: { status: 'ok' },
});
