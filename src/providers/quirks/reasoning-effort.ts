import { budgetOf } from '../../conversation/effort.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ReasoningEffort } from '../../conversation/request.ts';

const ORDER: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** The body's chat `reasoning_effort`, where it is one of the known words. */
export function effortIn(body: JsonObject): ReasoningEffort | undefined {
  return ORDER.find((effort) => effort === body.reasoning_effort);
}

/** The allowed effort nearest to the wanted one; of two equally near the higher. `none` stands for itself only. */
export function nearestEffort(wanted: ReasoningEffort, allowed: readonly ReasoningEffort[]): ReasoningEffort | undefined {
  if (allowed.includes(wanted)) return wanted;
  if (wanted === 'none') return undefined;
  const place = ORDER.indexOf(wanted);
  const thinking = allowed.filter((effort) => effort !== 'none');
  return thinking.sort(
    (a, b) => Math.abs(ORDER.indexOf(a) - place) - Math.abs(ORDER.indexOf(b) - place) || ORDER.indexOf(b) - ORDER.indexOf(a),
  )[0];
}

/** The thinking budget in tokens that stands for a chat body's effort. */
export function budgetIn(body: JsonObject): number | undefined {
  const effort = effortIn(body);
  return effort === undefined ? undefined : budgetOf({ effort });
}
