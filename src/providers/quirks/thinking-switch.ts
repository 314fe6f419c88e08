import type { JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { withoutFields } from './body.ts';
import { effortIn } from './reasoning-effort.ts';

export interface ThinkingSwitch {
  /** Which models have the switch; the others lose the effort, which they would not understand. */
  models: RegExp;
  /** The word for "on": `enabled`, or MiniMax-M3's `adaptive`. */
  on?: string;
  /** Models that take the effort beside the switch (DeepSeek V4, GLM-5.2). */
  keepsEffort?: RegExp;
}

/** `reasoning_effort` as the switch `thinking: {type}` of GLM, Moonshot, DeepSeek, MiMo and MiniMax-M3. A `thinking` of the user's own wins. */
export function thinkingSwitch({ models, on = 'enabled', keepsEffort }: ThinkingSwitch): Quirk {
  return {
    name: 'thinking-switch',
    when: ({ dialect }) => dialect === 'openai-chat',
    apply: (body, { model }, warn): JsonObject => {
      const effort = effortIn(body);
      if (effort === undefined) return body;
      const rest = withoutFields(body, ['reasoning_effort']);
      if (!models.test(model)) {
        if (effort === 'none') warn(`${model} has no switch for thinking; left as the model does it.`);
        return rest;
      }
      if (effort === 'none') return { thinking: { type: 'disabled' }, ...rest };
      const kept = keepsEffort?.test(model) ? body : rest;
      return kept.thinking === undefined ? { thinking: { type: on }, ...kept } : kept;
    },
  };
}
