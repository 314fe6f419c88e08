import { asObject, isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/*
 * Same dialect on both sides: lists that a vendor leaves out or sends as null where SDKs iterate without looking
 * (npm `openai` 6: `addOutputText` walks `output[].content[]`, its accumulator pushes to `content`, `summary` and `annotations`).
 */

/** The Response object, or a repaired copy when a list is missing in it. */
export function sanitizeResponse(body: JsonObject): JsonObject {
  return body.object === 'response' || 'output' in body ? cleanResponse(body) : body;
}

/** The event, or a repaired copy. Nothing is dropped: clients pass over events they do not know. */
export function sanitizeEvent(data: JsonObject): JsonObject {
  const response = asObject(data.response);
  if (response) return replaced(data, 'response', cleanResponse(response));
  const item = asObject(data.item);
  if (item) return replaced(data, 'item', cleanItem(item));
  const part = asObject(data.part);
  return part ? replaced(data, 'part', cleanPart(part)) : data;
}

function cleanResponse(response: JsonObject): JsonObject {
  return cleanList(response, 'output', cleanItem);
}

function cleanItem(item: JsonObject): JsonObject {
  if (item.type === 'message') return cleanList(item, 'content', cleanPart);
  return item.type === 'reasoning' ? cleanList(item, 'summary', (part) => part) : item;
}

function cleanPart(part: JsonObject): JsonObject {
  return part.type === 'output_text' ? cleanList(part, 'annotations', (annotation) => annotation) : part;
}

/** `key` as a list whose objects are clean; the same object when it is one already. */
function cleanList(object: JsonObject, key: string, clean: (member: JsonObject) => JsonObject): JsonObject {
  const list = object[key];
  if (!Array.isArray(list)) return { ...object, [key]: [] };
  const cleaned: Json[] = list.map((member) => (isObject(member) ? clean(member) : member));
  return cleaned.some((member, index) => member !== list[index]) ? { ...object, [key]: cleaned } : object;
}

function replaced(object: JsonObject, key: string, value: JsonObject): JsonObject {
  return object[key] === value ? object : { ...object, [key]: value };
}
