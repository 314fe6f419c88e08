import type { Message, ReasoningPart } from '../../conversation/content.ts';
import { asArray, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import type { Signature } from '../../conversation/signature.ts';
import { readCallSignature } from './call-signature.ts';
import { keptFields, keptForm } from './extensions.ts';
import { servedByOpenAi } from './model-facts.ts';
import { detailFields, isForeignDetail, ReasoningDetails } from './reasoning-details.ts';

/** The message fields in which vendors give reasoning and want it back; a quirk that must not replay it removes these. */
export const REASONING_FIELDS = ['reasoning_content', 'reasoning', 'reasoning_text', 'reasoning_opaque', 'reasoning_details'] as const;

interface Replayed {
  part?: ReasoningPart;
  /** The message's unknown fields, reasoning included, without what belongs to another dialect. */
  fields: JsonObject;
  /** Google's message-level thought signature, which is the text's. */
  textSignature?: Signature;
}

/** The reasoning that a client sends back on an assistant message, whichever vendor's field it uses. */
export function readReplayedReasoning(rest: JsonObject): Replayed {
  const fields: JsonObject = { ...rest };
  const details = new ReasoningDetails();
  const detailText = details.push(rest.reasoning_details);
  const opaque = asString(rest.reasoning_opaque);
  if (opaque) details.pushOpaque(opaque);
  const text = asString(rest.reasoning_content) || asString(rest.reasoning) || asString(rest.reasoning_text) || detailText;
  const signature = details.take('');
  if (signature?.model === '') delete signature.model;
  if (Array.isArray(rest.reasoning_details)) keepOwnDetails(fields, rest.reasoning_details);
  const { signature: textSignature, extra } = readCallSignature(asObject(rest.extra_content));
  if (textSignature) delete fields.extra_content;
  if (textSignature && extra) fields.extra_content = extra;
  const base = { fields, ...(textSignature ? { textSignature } : {}) };
  if (!text && !signature) return base;
  return {
    ...base,
    part: { type: 'reasoning', text, ...(signature ? { signature } : {}), ...(text ? {} : { redacted: true }) },
  };
}

function keepOwnDetails(fields: JsonObject, details: unknown): void {
  const own = asArray(details).filter((entry) => !isForeignDetail(entry));
  if (own.length > 0) fields.reasoning_details = own;
  else delete fields.reasoning_details;
}

/**
 * The one place that decides how reasoning goes back to a vendor: as the client's own fields where he spoke this dialect, else the
 * text as `reasoning_content` (DeepSeek and Kimi refuse an assistant tool call without it) and this dialect's own proofs as
 * `reasoning_details`. OpenAI's own models know none of these fields
 * in a message and are spared them: at times it ignores what it does not know, at times it refuses it (one-api issue 1319).
 */
export function replayReasoning(message: Message, model: string): JsonObject {
  if (servedByOpenAi(model)) return {};
  const kept = keptFields(message.extensions);
  const own = REASONING_FIELDS.filter((field) => kept[field] !== undefined);
  if (own.length > 0) return Object.fromEntries(own.map((field) => [field, kept[field]]));
  const parts = message.content.filter(
    (part): part is ReasoningPart => part.type === 'reasoning' && keptForm(part.extensions).place !== 'part',
  );
  const text = parts
    .map((part) => part.text)
    .filter(Boolean)
    .join('\n\n');
  const proof = parts.find((part) => part.signature?.dialect === 'openai-chat')?.signature;
  return { ...(text ? { reasoning_content: text } : {}), ...(proof ? detailFields(proof) : {}) };
}
