import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const friendliai = defineProvider({
  id: 'friendliai',
  name: 'FriendliAI',
  prefix: 'friendliai',
  tier: 'api-key',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.friendli.ai/serverless/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'zai-org/GLM-5.2', name: 'GLM-5.2', contextWindow: 1_000_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      { id: 'zai-org/GLM-5.1', name: 'GLM-5.1', contextWindow: 202_752, maxOutput: 202_752, tools: true, vision: false, reasoning: true },
      {
        id: 'MiniMaxAI/MiniMax-M2.5',
        name: 'MiniMax-M2.5',
        contextWindow: 196_608,
        maxOutput: 196_608,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'deepseek-ai/DeepSeek-V3.2',
        name: 'DeepSeek-V3.2',
        contextWindow: 163_840,
        maxOutput: 163_840,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['FRIENDLI_TOKEN'],
  keyUrl: 'https://friendli.ai/suite',
  unverified: ['One source gives /dedicated/v1; /serverless/v1 was chosen, where model ids belong.'],
});
