import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';

export const ollamaCloud = defineProvider({
  id: 'ollama-cloud',
  name: 'Ollama Cloud',
  prefix: 'ollama-cloud',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://ollama.com/v1' } },
  quirks: compatibleHost,
  models: {
    url: '/models',
    seed: [
      { id: 'glm-5.2', name: 'GLM-5.2', contextWindow: 976_000, maxOutput: 131_072, tools: true, vision: false, reasoning: true },
      { id: 'kimi-k2.6', contextWindow: 262_144, maxOutput: 262_144, tools: true, vision: true, reasoning: true },
      { id: 'deepseek-v4-pro', contextWindow: 1_048_576, maxOutput: 1_048_576, tools: true, vision: false, reasoning: true },
      { id: 'deepseek-v4-flash', contextWindow: 1_048_576, maxOutput: 1_048_576, tools: true, vision: false, reasoning: true },
      { id: 'minimax-m3', contextWindow: 512_000, maxOutput: 131_072, tools: true, vision: true, reasoning: true },
      { id: 'qwen3.5:397b', contextWindow: 262_144, maxOutput: 65_536, tools: true, vision: true, reasoning: true },
    ],
  },
  errors: [{ class: 'quota', status: [402, 429], text: /usage limit|upgrade/i }],
  terms: { status: 'ok' },
  env: ['OLLAMA_API_KEY'],
  keyUrl: 'https://ollama.com/settings/keys',
});
