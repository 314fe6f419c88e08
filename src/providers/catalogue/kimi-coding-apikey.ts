import { defineProvider } from '../provider.ts';
import { moonshotQuirks } from './shared/moonshot.ts';

export const kimiCodingApikey = defineProvider({
  id: 'kimi-coding-apikey',
  name: 'Kimi Code (API key)',
  prefix: 'kmca',
  aliases: ['kimi code'],
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'anthropic-messages': { baseUrl: 'https://api.kimi.com/coding/v1' },
    'openai-chat': { baseUrl: 'https://api.kimi.com/coding/v1' },
  },
  quirks: moonshotQuirks,
  models: {
    url: '/models',
    seed: [
      { id: 'k2p7', name: 'Kimi K2.7 Code', contextWindow: 262_144, maxOutput: 32_768, tools: true, vision: true, reasoning: true },
      { id: 'k2p6', name: 'Kimi K2.6', contextWindow: 262_144, maxOutput: 32_768, tools: true, vision: true, reasoning: true },
      { id: 'k2p5', name: 'Kimi K2.5', contextWindow: 262_144, maxOutput: 32_768, tools: true, vision: true, reasoning: true },
      {
        id: 'kimi-k2-thinking',
        name: 'Kimi K2 Thinking',
        contextWindow: 262_144,
        maxOutput: 32_768,
        tools: true,
        vision: false,
        reasoning: true,
      },
    ],
  },
  errors: [
    { class: 'quota', status: [403, 429], text: /usage limit for this/i },
    { class: 'billing', status: 402 },
    { class: 'policy', status: 403, text: /only available for coding agents/i },
    // May really be a plan limit of some twenty minutes.
    { class: 'overload', status: 429, text: /engine is currently overloaded/i },
    { class: 'context', status: 400, text: /exceeded model token limit/i },
    { class: 'request', status: 400, text: /reasoning_content is missing/i },
  ],
  quota: { form: 'kimi-code', url: 'https://api.kimi.com/coding/v1/usages' },
  terms: {
    status: 'allowed-with-key',
    notice: 'The vendor documents other coding agents with a key and answers 403 to clients that are no coding agents.',
  },
  env: ['KIMI_API_KEY'],
  keyUrl: 'https://www.kimi.com/code/console',
  unverified: [
    'One source names the models k2p5, k2p6 and k2p7, another kimi-k2.6; the first was chosen.',
    'The quota endpoint is what the vendor’s own tool reads; it is not documented, and how long the plan’s allowance lasts is not told.',
  ],
});
