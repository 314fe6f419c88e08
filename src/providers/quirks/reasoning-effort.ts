import type { DialectId } from '../../conversation/dialect-id.ts';
import { budgetOf } from '../../conversation/effort.ts';
import { asObject, type JsonObject } from '../../conversation/json.ts';
import type { ReasoningEffort } from '../../conversation/request.ts';
import { withoutFields } from './body.ts';

const ORDER: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'];

/** The body's effort, where it is one of the known words: chat `reasoning_effort`, Responses `reasoning.effort`. */
export function effortIn(body: JsonObject, dialect: DialectId = 'openai-chat'): ReasoningEffort | undefined {
  const wanted = dialect === 'openai-responses' ? asObject(body.reasoning)?.effort : body.reasoning_effort;
  return ORDER.find((effort) => effort === wanted);
}

/** The body with another effort, or with none. */
export function withEffort(body: JsonObject, dialect: DialectId, effort: string | undefined): JsonObject {
  if (dialect !== 'openai-responses') {
    return effort === undefined ? withoutFields(body, ['reasoning_effort']) : { ...body, reasoning_effort: effort };
  }
  const reasoning = { ...withoutFields(asObject(body.reasoning) ?? {}, ['effort']), ...(effort === undefined ? {} : { effort }) };
  return Object.keys(reasoning).length === 0 ? withoutFields(body, ['reasoning']) : { ...body, reasoning };
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
