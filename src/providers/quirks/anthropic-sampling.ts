import type { JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';

/** Opus from 4.7 on, Sonnet 5, Fable 5 and what follows them. */
const REFUSES_ALL = /claude-(?:opus-(?:4[-.](?:[7-9]|\d\d)(?!\d)|[5-9])|sonnet-[5-9]|haiku-[5-9]|fable)/i;
/** From Opus 4.1 on, either `temperature` or `top_p`. */
const REFUSES_BOTH = /claude-(?:opus-4[-.][1-6]|sonnet-4[-.][5-9]|haiku-4[-.]5)(?!\d)/i;

/** Newer Claude models refuse `temperature` beside `top_p`, the newest refuse sampling outright (provider facts, "Anthropic"). */
export const anthropicSampling: Quirk = {
  name: 'anthropic-sampling',
  when: ({ dialect, model }) => dialect === 'anthropic-messages' && (REFUSES_ALL.test(model) || REFUSES_BOTH.test(model)),
  apply: (body, { model }, warn): JsonObject => {
    if (REFUSES_ALL.test(model)) {
      const wanted = ['temperature', 'top_p', 'top_k'].filter((name) => body[name] !== undefined && body[name] !== 1);
      if (wanted.length > 0) warn(`${model} does not take ${wanted.join(', ')}; left out.`);
      return withoutFields(body, ['temperature', 'top_p', 'top_k']);
    }
    if (body.temperature === undefined || body.top_p === undefined) return body;
    if (body.top_p !== 1) warn(`${model} takes either temperature or top_p; top_p left out.`);
    return withoutFields(body, ['top_p']);
  },
};
