import type { Quirk } from '../provider.ts';
import { dropFields } from './drop-fields.ts';
import { noReasoningEffort } from './reasoning-efforts.ts';

const REASONS = /grok-(?:4|[5-9]|build|code|3-mini)/i;
const reasons = (model: string): boolean => REASONS.test(model) && !/non-reasoning/i.test(model);

/** xAI's reasoning models answer 400 to `stop` and penalties (provider facts, "Parameters"). */
export const xaiReasoningFields: Quirk = dropFields(['stop', 'presence_penalty', 'frequency_penalty'], {
  when: ({ model }) => reasons(model),
});

/** Only grok-3-mini, 4.3 and the multi-agent model take an effort. */
export const xaiNoEffort: Quirk = noReasoningEffort(/grok-(?:4(?:-|$)|4\.20-(?!multi)|4\.1|build|code|3(?!-mini))/i);
