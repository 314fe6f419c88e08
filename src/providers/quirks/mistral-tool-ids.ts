import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import { mistralToolId } from '../../dialects/shared/tool-ids.ts';
import type { Quirk } from '../provider.ts';
import { mapMessages } from './body.ts';

const fitCall = (call: Json): Json => {
  if (!isObject(call) || typeof call.id !== 'string') return call;
  const id = mistralToolId(call.id);
  return id === call.id ? call : { ...call, id };
};

function fit(message: JsonObject): JsonObject {
  if (typeof message.tool_call_id === 'string') {
    const id = mistralToolId(message.tool_call_id);
    return id === message.tool_call_id ? message : { ...message, tool_call_id: id };
  }
  if (!Array.isArray(message.tool_calls)) return message;
  const calls = message.tool_calls;
  const fitted = calls.map(fitCall);
  return fitted.every((call, index) => call === calls[index]) ? message : { ...message, tool_calls: fitted };
}

/** Mistral takes tool-call ids of exactly nine letters and digits; a call and its result get the same one. */
export const mistralToolIds: Quirk = {
  name: 'mistral-tool-ids',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => mapMessages(body, fit),
};
