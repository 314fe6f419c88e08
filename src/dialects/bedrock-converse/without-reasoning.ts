import { asArray, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ReasoningFilter, ReasoningReplay } from '../dialect.ts';
import { editListAt } from '../shared/edit-list.ts';

/** Signed thinking in a Converse request (`reasoningContent`). */
export const replay: ReasoningReplay = { marks: ['"reasoningContent"'], without };

function without(body: JsonObject, filter: ReasoningFilter): JsonObject {
  const kept =
    editListAt(body, 'messages', (message) =>
      editListAt(message, 'content', (block) => (isDropped(asObject(block.reasoningContent), filter) ? undefined : block)),
    ) ?? body;
  return kept === body && !filter.refused ? body : thinkingOffWhereUnsigned(kept);
}

function isDropped(reasoning: JsonObject | undefined, { drop }: ReasoningFilter): boolean {
  if (!reasoning) return false;
  return drop(asString(asObject(reasoning.reasoningText)?.signature) ?? asString(reasoning.redactedContent));
}

/** As in the Messages API: a budget asks for the thinking of the turn whose tool calls are being answered. */
function thinkingOffWhereUnsigned(body: JsonObject): JsonObject {
  const fields = asObject(body.additionalModelRequestFields);
  if (asObject(fields?.thinking)?.type !== 'enabled') return body;
  const turns = asArray(body.messages).filter(isObject);
  const answers = asArray(turns.at(-1)?.content).some((block) => asObject(block)?.toolResult !== undefined);
  const first = asObject(asArray(turns.findLast((turn) => turn.role === 'assistant')?.content)[0]);
  if (!answers || first?.reasoningContent !== undefined) return body;
  return { ...body, additionalModelRequestFields: { ...fields, thinking: { type: 'disabled' } } };
}
