import { asObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { kept } from './extension.ts';

/**
 * What a request asks for that only a vendor's own Responses API can give, by field name; empty for most. A target of another
 * dialect answers such a request wrongly or not at all: the caller refuses it there, or asks a native target.
 * `previous_response_id` is not among them: a local store can answer it.
 */
export function nativeOnly(request: ChatRequest): string[] {
  const raw = asObject(kept(request).request) ?? {};
  const fields = ['conversation', 'prompt'].filter((field) => raw[field] != null);
  if (raw.background === true) fields.unshift('background');
  const references = request.messages.some((message) =>
    message.content.some((part) => part.type === 'server' && part.name === 'item_reference'),
  );
  return references ? [...fields, 'item_reference'] : fields;
}
