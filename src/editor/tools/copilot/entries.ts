import type { GatewayModel } from '../../../clients/offer.ts';
import type { JsonObject } from '../../../conversation/json.ts';
import { limitsOf } from '../../language-model/information.ts';

/** A model in a group of the vendor `customendpoint`, as Copilot Chat 0.67 describes it in its package.json (`languageModelChatProviders`). */
export type GroupModel = JsonObject & { id: string };

/** What Copilot Chat offers as "Thinking Effort". */
const EFFORTS = ['low', 'medium', 'high'];

/** Models as the group tells of them. Chat Completions: the one dialect in which every model of the gateway can be asked. */
export function groupModels(models: readonly GatewayModel[], origin: string): GroupModel[] {
  const titles = new Map<string, number>();
  for (const model of models) titles.set(titleOf(model), (titles.get(titleOf(model)) ?? 0) + 1);
  return models.map((model) => ({
    id: model.name,
    name: (titles.get(titleOf(model)) ?? 0) > 1 ? model.name : titleOf(model),
    url: `${origin}/v1/chat/completions`,
    // As of our own models in the picker: without tools a model is missing from agent mode, and an image it cannot see fails the turn.
    toolCalling: model.tools ?? true,
    vision: model.vision ?? false,
    ...limitsOf({ contextWindow: model.contextWindow ?? null, maxOutput: model.maxOutput ?? null }),
    ...(model.reasoning ? { thinking: true, supportsReasoningEffort: EFFORTS } : {}),
  }));
}

function titleOf({ kind, name, title }: GatewayModel): string {
  return kind === 'model' ? title || name : name;
}
