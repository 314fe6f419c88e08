import type { ToolResultContent, ToolResultPart } from '../../conversation/content.ts';
import { asObject, isObject, type JsonObject, parseJson } from '../../conversation/json.ts';
import { withKept } from './fields.ts';
import { callId, type Writing, writeMedia } from './part-write.ts';

/** A tool result: its `functionResponse`, and the media that must be shown after it where the model takes none inside. */
export function writeResult(part: ToolResultPart, writing: Writing): { parts: JsonObject[]; after: JsonObject[] } {
  const media = part.content.flatMap((item) => mediaOf(item, writing));
  const inside = media.length > 0 && takesMedia(writing);
  const response: JsonObject = {
    ...callId(part.callId, writing),
    name: writing.names.toVendor(part.name ?? ''),
    response: responseOf(part),
    ...(inside ? { parts: media } : {}),
  };
  const kept = writing.own ? part.extensions?.gemini : undefined;
  const after = inside || media.length === 0 ? [] : [{ text: `Returned by ${part.name ?? 'the tool'}:` }, ...media];
  const parts = [withKept({ functionResponse: response }, kept)];
  return writing.own ? { parts: [...parts, ...after], after: [] } : { parts, after };
}

/** `FunctionResponse.parts` came with Gemini 3 ("multimodal function responses"); older models refuse it. */
function takesMedia(writing: Writing): boolean {
  return (writing.family.major ?? 0) >= 3;
}

function mediaOf(item: ToolResultContent, writing: Writing): JsonObject[] {
  return item.type === 'text' ? [] : writeMedia(item, writing, undefined);
}

/** The text of a result, its media aside. */
export function resultText(part: ToolResultPart): string {
  return part.content.flatMap((item) => (item.type === 'text' ? [item.text] : [])).join('\n');
}

/** `response` must be an object: the result itself when it is one, else `{result}`; errors as `{error}`, the key the API reference names. */
function responseOf(part: ToolResultPart): JsonObject {
  if (isObject(part.json)) return part.json;
  const text = resultText(part);
  if (part.isError) return { error: text };
  return asObject(parseJson(text)) ?? { result: text };
}
