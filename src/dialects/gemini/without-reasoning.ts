import { asArray, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ReasoningFilter, ReasoningReplay } from '../dialect.ts';
import { editListAt } from '../shared/edit-list.ts';
import { familyOf } from './model-family.ts';
import { addMissingSignatures, FOREIGN_SIGNATURE } from './signature-write.ts';

/** Thought signatures in a generateContent request. Protobuf's JSON takes field names in both spellings. */
export const replay: ReasoningReplay = { marks: ['"thoughtSignature"', '"thought_signature"'], without };

function without(body: JsonObject, filter: ReasoningFilter): JsonObject {
  const kept =
    editListAt(body, 'contents', (content) =>
      content.role === 'model' ? editListAt(content, 'parts', (part) => withoutSignature(part, filter)) : content,
    ) ?? body;
  if (kept !== body) return withStandIns(kept, filter.model);
  if (!filter.refused) return body;
  const whole = withStandIns(body, filter.model);
  return JSON.stringify(whole) === JSON.stringify(body) ? body : whole;
}

/** A thought goes whole, and so does a part that is nothing but a signature; a call, a text or an image stays without it. */
function withoutSignature(part: JsonObject, { drop }: ReasoningFilter): JsonObject | undefined {
  const { thoughtSignature, thought_signature, ...rest } = part;
  const signature = asString(thoughtSignature) ?? asString(thought_signature);
  if (part.thought === true) return drop(signature) ? undefined : part;
  if (signature === undefined || signature === FOREIGN_SIGNATURE || !drop(signature)) return part;
  const bare = Object.entries(rest).every(([key, value]) => key === 'text' && value === '');
  return bare ? undefined : rest;
}

/** Gemini 3 refuses a call without a signature: it gets Google's own value for what another model wrote. */
function withStandIns(body: JsonObject, model: string): JsonObject {
  const contents = asArray(body.contents).map((content): Json => {
    if (!isObject(content)) return content;
    return { ...content, parts: asArray(content.parts).map((part) => (isObject(part) ? camel(part) : part)) };
  });
  addMissingSignatures(contents.filter(isObject), familyOf(model));
  return { ...body, contents };
}

/** A copy with the signature under the name that `addMissingSignatures` knows. */
function camel({ thought_signature, ...part }: JsonObject): JsonObject {
  return thought_signature === undefined ? part : { thoughtSignature: thought_signature, ...part };
}
