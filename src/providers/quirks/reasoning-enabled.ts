import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';
import { effortIn } from './reasoning-effort.ts';

/** Together and DeepInfra switch hybrid models with `reasoning: {enabled}`; efforts above `none` they take as `reasoning_effort`. */
export const reasoningEnabled: Quirk = {
  name: 'reasoning-enabled',
  when: ({ dialect, model }) => dialect === 'openai-chat' && !/gpt-oss/i.test(model),
  apply: (body) => {
    const effort = effortIn(body);
    if (effort === undefined || body.reasoning !== undefined) return body;
    return effort === 'none'
      ? { ...withoutFields(body, ['reasoning_effort']), reasoning: { enabled: false } }
      : { ...body, reasoning: { enabled: true } };
  },
};
