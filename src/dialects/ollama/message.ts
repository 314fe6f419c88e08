import type { ToolCallPart } from '../../conversation/content.ts';
import { asArray, asObject, asString, isObject, type JsonObject } from '../../conversation/json.ts';
import type { ReadContext } from '../dialect.ts';
import type { ToolNames } from '../shared/tool-names.ts';

/** What one answer, or one line of it, says. */
export interface Said {
  thinking: string;
  text: string;
  calls: JsonObject[];
}

/** `message` of `/api/chat`; `/api/generate` has `response` and `thinking` beside each other instead. */
export function saidIn(body: JsonObject): Said {
  const message = asObject(body.message);
  return {
    thinking: asString(message?.thinking) ?? asString(body.thinking) ?? '',
    text: asString(message?.content) ?? asString(body.response) ?? '',
    calls: asArray(message?.tool_calls).filter(isObject),
  };
}

/** True for a body that is an answer of this API at all. */
export const isAnswer = (body: JsonObject): boolean => isObject(body.message) || typeof body.response === 'string';

/** Arguments come parsed; older servers give no ids. */
export function readCall(call: JsonObject, names: ToolNames, { newId }: ReadContext): ToolCallPart {
  const of = asObject(call.function);
  const args = of?.arguments;
  return {
    type: 'tool-call',
    id: asString(call.id) || `call_${newId()}`,
    name: names.toClient(asString(of?.name) ?? ''),
    arguments: typeof args === 'string' ? args || '{}' : JSON.stringify(args ?? {}),
  };
}
