import { isObject, type Json } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { joinContent } from './body.ts';

/** For hosts that want user and assistant in turn (Perplexity): neighbours of one role become one message. */
export const alternateTurns: Quirk = {
  name: 'alternate-turns',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body) => {
    if (!Array.isArray(body.messages)) return body;
    const merged: Json[] = [];
    for (const message of body.messages) {
      const previous = merged.at(-1);
      const mergeable = isObject(message) && isObject(previous) && message.role === previous.role && message.role !== 'tool';
      if (mergeable && !previous.tool_calls && !message.tool_calls) {
        merged[merged.length - 1] = { ...previous, content: joinContent(previous.content, message.content) };
      } else merged.push(message);
    }
    return merged.length === body.messages.length ? body : { ...body, messages: merged };
  },
};
