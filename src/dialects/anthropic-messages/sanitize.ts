import { asObject, isObject, type Json, type JsonObject } from '../../conversation/json.ts';

/** Extras of compatible vendors at the top of an answer: not this API's, and Python's strict clients refuse them. */
const EXTRAS = new Set(['base_resp', 'time_info', 'usage_breakdown', 'sensitive', 'input_sensitive', 'output_sensitive', 'provider']);

/** Fields that the SDK's types demand, with what stands for nothing. */
const MESSAGE: Record<string, Json> = { type: 'message', role: 'assistant', content: [], usage: { input_tokens: 0, output_tokens: 0 } };
const BLOCKS: Record<string, Record<string, Json>> = {
  text: { text: '' },
  thinking: { thinking: '', signature: '' },
  redacted_thinking: { data: '' },
  tool_use: { input: {} },
  server_tool_use: { input: {} },
};
const DELTAS: Record<string, Record<string, Json>> = {
  text_delta: { text: '' },
  thinking_delta: { thinking: '' },
  signature_delta: { signature: '' },
  input_json_delta: { partial_json: '' },
};

/** A whole answer without what strict SDKs trip over; the same object when there is nothing to change. */
export function sanitizeResponse(body: JsonObject): JsonObject {
  if (body.type === 'error' || isObject(body.error)) return body;
  const message = filled(withoutExtras(body), MESSAGE);
  const content = Array.isArray(message.content) ? mapSame(message.content, sanitizeBlock) : [];
  const usage = asObject(message.usage) ?? {};
  return changed(message, { content, usage: filled(usage, { input_tokens: 0, output_tokens: 0 }) });
}

/** One event of a stream; the same object when there is nothing to change. Events that are not known pass. */
export function sanitizeEvent(data: JsonObject): JsonObject | undefined {
  const event = withoutExtras(data);
  switch (event.type) {
    case 'message_start':
      return changed(event, { message: sanitizeResponse(asObject(event.message) ?? {}) });
    case 'content_block_start':
      return changed(event, { content_block: sanitizeBlock(event.content_block ?? null) });
    case 'content_block_delta':
      return changed(event, { delta: filledBy(event.delta ?? null, DELTAS) });
    case 'message_delta':
      // The SDK reads usage.output_tokens without asking whether usage is there.
      return changed(event, { usage: filled(asObject(event.usage) ?? {}, { output_tokens: 0 }), delta: asObject(event.delta) ?? {} });
    default:
      return event;
  }
}

const sanitizeBlock = (block: Json): Json => filledBy(block, BLOCKS);

function filledBy(value: Json, defaults: Record<string, Record<string, Json>>): Json {
  if (!isObject(value)) return value;
  const own = typeof value.type === 'string' ? defaults[value.type] : undefined;
  return own ? filled(value, own) : value;
}

function withoutExtras(object: JsonObject): JsonObject {
  const kept = Object.entries(object).filter(([key]) => !EXTRAS.has(key) && !key.startsWith('x_'));
  return kept.length === Object.keys(object).length ? object : Object.fromEntries(kept);
}

/** The object with defaults where a field is absent or null; the same object when none is. */
function filled(object: JsonObject, defaults: Record<string, Json>): JsonObject {
  const missing = Object.entries(defaults).filter(([key]) => object[key] === undefined || object[key] === null);
  return missing.length === 0 ? object : { ...object, ...Object.fromEntries(structuredClone(missing)) };
}

function mapSame(list: Json[], change: (item: Json) => Json): Json[] {
  const mapped = list.map(change);
  return mapped.every((item, at) => item === list[at]) ? list : mapped;
}

function changed(object: JsonObject, fields: JsonObject): JsonObject {
  return Object.entries(fields).every(([key, value]) => object[key] === value) ? object : { ...object, ...fields };
}
