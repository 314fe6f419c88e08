import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';

/** `parallel_tool_calls` is OpenAI's; hosts that do not know it may refuse it. Saying so matters only when the user wanted one at a time. */
export const noParallelToolCalls: Quirk = {
  name: 'no-parallel-tool-calls',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body, { model }, warn) => {
    if (body.parallel_tool_calls === false) warn(`${model} cannot be held to one tool call at a time.`);
    return withoutFields(body, ['parallel_tool_calls']);
  },
};
