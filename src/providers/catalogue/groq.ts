import { defineProvider } from '../provider.ts';
import { developerToSystem } from '../quirks/developer-to-system.ts';
import { dropFields, dropOpenaiBookkeeping } from '../quirks/drop-fields.ts';
import { messageFields } from '../quirks/message-fields.ts';
import { noReasoningEffort, reasoningEfforts } from '../quirks/reasoning-efforts.ts';
import { groqRateLimits } from './shared/rate-limits.ts';

export const groq = defineProvider({
  id: 'groq',
  name: 'Groq',
  prefix: 'groq',
  tier: 'free',
  auth: { type: 'bearer' },
  endpoints: { 'openai-chat': { baseUrl: 'https://api.groq.com/openai/v1' } },
  quirks: [
    developerToSystem,
    messageFields(),
    dropFields(['logprobs', 'logit_bias', 'top_logprobs']),
    dropOpenaiBookkeeping('prediction'),
    reasoningEfforts(/gpt-oss/, ['low', 'medium', 'high']),
    reasoningEfforts(/qwen/, ['none', 'high'], { high: 'default' }),
    noReasoningEffort(/^(?!.*(?:gpt-oss|qwen))/),
  ],
  models: {
    url: '/models',
    seed: [
      {
        id: 'llama-3.3-70b-versatile',
        name: 'Llama 3.3 70B',
        contextWindow: 131_072,
        maxOutput: 32_768,
        tools: true,
        vision: false,
        reasoning: false,
      },
      {
        id: 'llama-3.1-8b-instant',
        name: 'Llama 3.1 8B',
        contextWindow: 131_072,
        maxOutput: 131_072,
        tools: true,
        vision: false,
        reasoning: false,
      },
      {
        id: 'meta-llama/llama-4-scout-17b-16e-instruct',
        name: 'Llama 4 Scout 17B 16E',
        contextWindow: 131_072,
        maxOutput: 8192,
        tools: true,
        vision: true,
        reasoning: false,
      },
      {
        id: 'openai/gpt-oss-120b',
        name: 'GPT OSS 120B',
        contextWindow: 131_072,
        maxOutput: 65_536,
        tools: true,
        vision: false,
        reasoning: true,
      },
      {
        id: 'openai/gpt-oss-20b',
        name: 'GPT OSS 20B',
        contextWindow: 131_072,
        maxOutput: 65_536,
        tools: true,
        vision: false,
        reasoning: true,
      },
      { id: 'qwen/qwen3-32b', name: 'Qwen3-32B', contextWindow: 131_072, maxOutput: 40_960, tools: true, vision: false, reasoning: true },
    ],
  },
  errors: [
    // "Request too large for model … on tokens per minute": no wait helps this request, a smaller one goes through.
    { class: 'context', status: 413 },
    // The model wrote a call that does not parse; another try or model may do better.
    { class: 'empty', status: 400, word: 'tool_use_failed' },
    { class: 'capability', word: ['model_decommissioned', 'model_not_found'] },
  ],
  rateLimits: groqRateLimits,
  // console.groq.com/docs/rate-limits: one row of limits a model, per organisation.
  limitsPerModel: true,
  terms: { status: 'ok' },
  env: ['GROQ_API_KEY'],
  keyUrl: 'https://console.groq.com/keys',
  modalities: { speechToText: '/audio/transcriptions', textToSpeech: '/audio/speech' },
});
