import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const synthetic = defineProvider({
  id: 'synthetic',
  name: 'Synthetic',
  prefix: 'synthetic',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.synthetic.new/openai/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    needsKey: false,
    seed: [
      { id: 'hf:zai-org/GLM-5.2', name: 'GLM-5.2', contextWindow: 524_288, maxOutput: 65_536, tools: true, vision: false, reasoning: true },
      {
        id: 'hf:moonshotai/Kimi-K2.6',
        name: 'Kimi K2.6',
        contextWindow: 262_144,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'hf:MiniMaxAI/MiniMax-M3',
        name: 'MiniMax-M3',
        contextWindow: 524_288,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
      {
        id: 'hf:Qwen/Qwen3.5-397B-A17B',
        name: 'Qwen3.5 397B-A17B',
        contextWindow: 262_144,
        maxOutput: 65_536,
        tools: true,
        vision: true,
        reasoning: true,
      },
    ],
  },
  terms: { status: 'ok' },
  env: ['SYNTHETIC_API_KEY'],
  keyUrl: 'https://synthetic.new',
});
