import type { Quirk } from '../provider.ts';
import { renameField } from './body.ts';
import { isOpenaiReasoning } from './openai-reasoning.ts';

/** OpenAI's reasoning models refuse `max_tokens` ("Use 'max_completion_tokens' instead"). */
export const maxCompletionTokens: Quirk = {
  name: 'max-completion-tokens',
  when: ({ dialect, model }) => dialect === 'openai-chat' && isOpenaiReasoning(model),
  apply: (body) => renameField(body, 'max_tokens', 'max_completion_tokens'),
};

/** Most other hosts know only `max_tokens`; a router's OpenAI reasoning models are left alone. */
export const maxTokens: Quirk = {
  name: 'max-tokens',
  when: ({ dialect, model }) => dialect === 'openai-chat' && !isOpenaiReasoning(model),
  apply: (body) => renameField(body, 'max_completion_tokens', 'max_tokens'),
};
