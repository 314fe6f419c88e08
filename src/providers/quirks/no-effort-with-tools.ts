import type { Quirk } from '../provider.ts';

/**
 * From gpt-5.4 on, Chat Completions refuses function tools beside any effort but `none`, and 5.6 refuses them without an effort too:
 * "Function tools with reasoning_effort are not supported for gpt-5.6 in /v1/chat/completions" (openai/openai-openapi#541).
 * Only for hosts where the Responses API, which has no such limit, cannot be used instead.
 */
export const noEffortWithTools: Quirk = {
  name: 'no-effort-with-tools',
  when: ({ dialect, model }) => dialect === 'openai-chat' && /(?:^|\/)gpt-5\.(?:[4-9]|\d\d)/i.test(model) && !/-chat\b/.test(model),
  apply: (body, { model }, warn) => {
    if (!Array.isArray(body.tools) || body.tools.length === 0 || body.reasoning_effort === 'none') return body;
    if (body.reasoning_effort !== undefined) warn(`${model} does not reason beside tools on this endpoint; reasoning is off.`);
    return { ...body, reasoning_effort: 'none' };
  },
};
