import { defineProvider } from '../provider.ts';
import { minimaxErrors, minimaxModels, minimaxQuirks } from './shared/minimax.ts';

/** Bearer on the Anthropic side too: the Chinese host was reported to fail with x-api-key. */
export const minimaxCn = defineProvider({
  id: 'minimax-cn',
  name: 'MiniMax (China)',
  prefix: 'minimax-cn',
  tier: 'cheap',
  auth: { type: 'bearer' },
  endpoints: {
    'anthropic-messages': { baseUrl: 'https://api.minimaxi.com/anthropic/v1' },
    'openai-chat': { baseUrl: 'https://api.minimaxi.com/v1' },
  },
  quirks: minimaxQuirks,
  models: { seed: minimaxModels },
  errors: minimaxErrors,
  quota: { form: 'minimax', url: 'https://www.minimaxi.com/v1/token_plan/remains' },
  terms: { status: 'ok' },
  env: ['MINIMAX_API_KEY'],
  keyUrl: 'https://platform.minimaxi.com/user-center/basic-information/interface-key',
  unverified: [
    'Error codes 2045 and above come from general knowledge.',
    'The quota endpoint answers for keys of a token plan; what it says to a pay-as-you-go key, and whether its counts are used or left, is not known.',
  ],
});
