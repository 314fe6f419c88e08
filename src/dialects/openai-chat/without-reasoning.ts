import { asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { ReasoningFilter, ReasoningReplay } from '../dialect.ts';
import { editListAt, withoutKey } from '../shared/edit-list.ts';
import { unpackDetails } from './reasoning-details.ts';

/**
 * Signed reasoning in a Chat request: `reasoning_details`, `reasoning_opaque` and Google's `thought_signature`. Plain text
 * (`reasoning_content`) stays: nothing is signed in it, and DeepSeek and Kimi refuse a tool call without it.
 */
export const replay: ReasoningReplay = {
  marks: ['"reasoning_details"', '"reasoning_opaque"', '"thought_signature"'],
  without,
  proofsOf: (value) => unpackDetails(value)?.flatMap((entry) => proofOf(entry) ?? []) ?? [value],
};

function without(body: JsonObject, filter: ReasoningFilter): JsonObject {
  return (
    editListAt(body, 'messages', (message) => {
      if (message.role !== 'assistant') return message;
      const signed = withoutCallSignature(withoutOpaque(withoutDetails(message, filter), filter), filter);
      return editListAt(signed, 'tool_calls', (call) => withoutCallSignature(call, filter));
    }) ?? body
  );
}

const proofOf = (entry: JsonObject): string | undefined => asString(entry.data) || asString(entry.signature) || undefined;

function withoutDetails(message: JsonObject, { drop }: ReasoningFilter): JsonObject {
  const left = editListAt(message, 'reasoning_details', (entry) => (drop(proofOf(entry)) ? undefined : entry));
  return left ?? withoutKey(message, 'reasoning_details');
}

function withoutOpaque(message: JsonObject, { drop }: ReasoningFilter): JsonObject {
  const opaque = asString(message.reasoning_opaque);
  return opaque !== undefined && drop(opaque) ? withoutKey(message, 'reasoning_opaque') : message;
}

/** Google's value for a call that its model did not make (see dialects/gemini/signature-write.ts). */
const FOREIGN = 'skip_thought_signature_validator';

/** The signature on a message or call; Gemini gets its stand-in, since it refuses a call without one. */
function withoutCallSignature(holder: JsonObject, { drop, model }: ReasoningFilter): JsonObject {
  const extra = asObject(holder.extra_content);
  const google = asObject(extra?.google);
  const signature = asString(google?.thought_signature);
  if (!google || signature === undefined || signature === FOREIGN || !drop(signature)) return holder;
  const { thought_signature: _gone, ...rest } = google;
  const isCall = holder.function !== undefined || holder.custom !== undefined;
  const left = isCall && /gemini/i.test(model) ? { ...rest, thought_signature: FOREIGN } : rest;
  if (Object.keys(left).length > 0) return { ...holder, extra_content: { ...extra, google: left } };
  const others = withoutKey(extra ?? {}, 'google');
  return Object.keys(others).length > 0 ? { ...holder, extra_content: others } : withoutKey(holder, 'extra_content');
}
