import { asArray, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ReasoningFilter, ReasoningReplay } from '../dialect.ts';
import { editListAt } from '../shared/edit-list.ts';

/** Signed thinking in a Messages request. */
export const replay: ReasoningReplay = { marks: ['"signature"', '"redacted_thinking"'], without };

function without(body: JsonObject, filter: ReasoningFilter): JsonObject {
  const kept =
    editListAt(body, 'messages', (message) =>
      message.role === 'assistant' ? editListAt(message, 'content', (block) => (isDropped(block, filter) ? undefined : block)) : message,
    ) ?? body;
  return kept === body && !filter.refused ? body : thinkingOffWhereUnsigned(kept);
}

function isDropped(block: JsonObject, { drop }: ReasoningFilter): boolean {
  if (block.type === 'thinking') return drop(asString(block.signature) || undefined);
  return block.type === 'redacted_thinking' && drop(asString(block.data) || undefined);
}

/**
 * With a thinking budget, a turn whose tool calls are being answered must begin with its thinking (400: "Expected `thinking` or
 * `redacted_thinking`, but found `tool_use`"): thinking is left off for this one answer, and with it the edit of the context that
 * needs it. Adaptive thinking does not ask for it.
 */
function thinkingOffWhereUnsigned(body: JsonObject): JsonObject {
  if (asObject(body.thinking)?.type !== 'enabled' || !answersUnsigned(body)) return body;
  const management = asObject(body.context_management);
  const edits = asArray(management?.edits);
  const kept = edits.filter((edit) => !String(asObject(edit)?.type).startsWith('clear_thinking'));
  return {
    ...body,
    thinking: { type: 'disabled' },
    ...(management && kept.length < edits.length ? { context_management: { ...management, edits: kept } } : {}),
  };
}

function answersUnsigned(body: JsonObject): boolean {
  // System messages may stand between and behind the turns.
  const turns = asArray(body.messages)
    .filter(isObject)
    .filter((message) => message.role !== 'system');
  const answers = asArray(turns.at(-1)?.content).some((block) => asObject(block)?.type === 'tool_result');
  const first = asObject(asArray(turns.findLast((turn) => turn.role === 'assistant')?.content)[0]);
  return answers && !/thinking$/.test(String(first?.type));
}
