import { defineProvider } from '../provider.ts';
import { compatibleHost } from '../quirks/compatible-host.ts';
import { qwenThinking } from '../quirks/qwen-thinking.ts';

export const modelscope = defineProvider({
  id: 'modelscope',
  name: 'ModelScope',
  prefix: 'modelscope',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api-inference.modelscope.cn/v1' } },
  quirks: [...compatibleHost, qwenThinking],
  models: {
    url: '/models',
    seed: [
      {
        id: 'Qwen/Qwen3-235B-A22B-Instruct-2507',
        name: 'Qwen3 235B A22B Instruct 2507',
        contextWindow: 262_144,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: false,
      },
      {
        id: 'Qwen/Qwen3-Coder-30B-A3B-Instruct',
        name: 'Qwen3 Coder 30B A3B Instruct',
        contextWindow: 262_144,
        maxOutput: 65_536,
        tools: true,
        vision: false,
        reasoning: false,
      },
      { id: 'ZhipuAI/GLM-4.6', name: 'GLM-4.6', contextWindow: 202_752, maxOutput: 98_304, tools: true, vision: false, reasoning: true },
    ],
  },
  terms: { status: 'ok' },
  env: ['MODELSCOPE_API_KEY'],
  keyUrl: 'https://modelscope.cn/my/myaccesstoken',
});
