import { asString, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ReasoningFilter, ReasoningReplay } from '../dialect.ts';
import { editList } from '../shared/edit-list.ts';

/** Encrypted reasoning in a Responses request. Compacted context is left: it is not reasoning but all that is left of the conversation. */
export const replay: ReasoningReplay = { marks: ['"encrypted_content"'], without };

function without(body: JsonObject, filter: ReasoningFilter): JsonObject {
  if (!Array.isArray(body.input)) return body;
  const input = withoutItems(body.input, filter);
  return input === body.input ? body : { ...body, input: [...input] };
}

/** What the model made in one turn with the reasoning: its id would lead the vendor to the reasoning that is missing now. */
const MADE_BY_MODEL: ReadonlySet<unknown> = new Set(['message', 'function_call', 'custom_tool_call']);

/**
 * Once a turn's reasoning is gone, the items after it lose their ids ("Item 'fc_…' of type 'function_call' was provided without its
 * required 'reasoning' item: 'rs_…'"): in requests they are optional.
 */
function withoutItems(items: readonly Json[], filter: ReasoningFilter): readonly Json[] {
  let bare = false;
  return editList(items, (item) => {
    if (item.type === 'reasoning') {
      bare = filter.drop(asString(item.encrypted_content) || undefined);
      return bare ? undefined : item;
    }
    if (item.role !== undefined && item.role !== 'assistant') bare = false;
    return bare && MADE_BY_MODEL.has(item.type) ? withoutId(item) : item;
  });
}

function withoutId(item: JsonObject): JsonObject {
  if (item.id === undefined) return item;
  const { id: _id, ...rest } = item;
  return rest;
}
