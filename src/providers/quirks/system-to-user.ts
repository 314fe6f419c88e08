import { isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { joinContent } from './body.ts';

/** For models that reject or overlook `system`: its text goes in front of the first user message, in order. */
export function systemToUser(models: RegExp): Quirk {
  return {
    name: 'system-to-user',
    when: ({ dialect, model }) => dialect === 'openai-chat' && models.test(model),
    apply: fold,
  };
}

const isSystem = (message: Json): message is JsonObject => isObject(message) && (message.role === 'system' || message.role === 'developer');

function fold(body: JsonObject): JsonObject {
  if (!Array.isArray(body.messages) || !body.messages.some(isSystem)) return body;
  const instructions = body.messages.filter(isSystem).reduce<Json>((all, { content }) => joinContent(all, content), '');
  const rest = body.messages.filter((message) => !isSystem(message));
  const first = rest.findIndex((message) => isObject(message) && message.role === 'user');
  const user = rest[first];
  if (!isObject(user)) return { ...body, messages: [{ role: 'user', content: instructions }, ...rest] };
  return { ...body, messages: rest.with(first, { ...user, content: joinContent(instructions, user.content) }) };
}

/** GLM up to 5.0; 5.1 and later take `system` (provider facts, "Roles"). */
export const glmSystemToUser = systemToUser(/(?:^|\/)glm-(?:[1-4](?![\d])|5(?:\.0)?(?![.\d]))/i);

/** ERNIE, whatever its version (provider facts, "Roles"). */
export const ernieSystemToUser = systemToUser(/(?:^|\/)ernie/i);
