import { asNumber, asObject, type JsonObject } from '../../conversation/json.ts';
import type { ReasoningEffort, ReasoningSettings } from '../../conversation/request.ts';

const EFFORTS: readonly string[] = ['low', 'medium', 'high', 'xhigh', 'max'];

/** What `thinking` and `output_config.effort` say; `undefined` when the client leaves it to the model. */
export function readReasoning(body: JsonObject): ReasoningSettings | undefined {
  const thinking = asObject(body.thinking);
  const effort = effortIn(asObject(body.output_config));
  const settings: ReasoningSettings = { ...budgetIn(thinking) };
  // An effort beside switched-off thinking is about the length of the answer: to others it would switch thinking on.
  if (effort && settings.budget !== 0) settings.effort = effort;
  if (thinking?.display === 'summarized') settings.summary = true;
  if (thinking?.display === 'omitted') settings.summary = false;
  return Object.keys(settings).length > 0 ? settings : undefined;
}

function budgetIn(thinking: JsonObject | undefined): { budget?: number } {
  switch (thinking?.type) {
    case 'enabled':
      return { budget: asNumber(thinking.budget_tokens) ?? -1 };
    case 'adaptive':
      return { budget: -1 };
    case 'disabled':
    case 'between_tools':
      return { budget: 0 };
    default:
      return {};
  }
}

function effortIn(config: JsonObject | undefined): ReasoningEffort | undefined {
  const effort = config?.effort;
  return typeof effort === 'string' && EFFORTS.includes(effort) ? (effort as ReasoningEffort) : undefined;
}
