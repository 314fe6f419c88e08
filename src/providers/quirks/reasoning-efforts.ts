import type { ReasoningEffort } from '../../conversation/request.ts';
import type { Quirk } from '../provider.ts';
import { effortIn, nearestEffort, withEffort } from './reasoning-effort.ts';

/**
 * For hosts whose models take some values of `reasoning_effort` only: the nearest one is sent, and none where the model takes none.
 * `spelled` are the vendor's own words for ours (Groq's Qwen: `default`).
 */
export function reasoningEfforts(
  models: RegExp,
  allowed: readonly ReasoningEffort[],
  spelled: Partial<Record<ReasoningEffort, string>> = {},
): Quirk {
  return {
    name: 'reasoning-efforts',
    when: ({ dialect, model }) => (dialect === 'openai-chat' || dialect === 'openai-responses') && models.test(model),
    apply: (body, { model, dialect }, warn) => {
      const wanted = effortIn(body, dialect);
      if (wanted === undefined) return body;
      const effort = nearestEffort(wanted, allowed);
      if (effort === undefined) warn(`${model} does not take reasoning effort "${wanted}"; left to the model.`);
      const word = effort && (spelled[effort] ?? effort);
      return word === wanted ? body : withEffort(body, dialect, word);
    },
  };
}

/** For models that always think as they please and answer 400 to an effort. */
export const noReasoningEffort = (models: RegExp): Quirk => reasoningEfforts(models, []);
