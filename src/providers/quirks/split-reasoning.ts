import type { Quirk } from '../provider.ts';

/** MiniMax writes its thoughts as `<think>` into the text unless asked to give them apart (`reasoning_details`). */
export const splitReasoning: Quirk = {
  name: 'split-reasoning',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => (body.reasoning_split === undefined ? { ...body, reasoning_split: true } : body),
};
