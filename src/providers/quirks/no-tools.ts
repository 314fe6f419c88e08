import { asArray, asObject, type JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { mapMessages, textOf, withoutFields } from './body.ts';

/** A turn with calls or results told as plain text, so that a model without tools can follow the conversation. */
function toldAsText(message: JsonObject): JsonObject {
  if (message.role === 'tool') return { role: 'user', content: `Result of the tool call:\n${textOf(message.content)}` };
  if (!message.tool_calls) return message;
  const calls = asArray(message.tool_calls).map((call) => {
    const { name, arguments: args } = asObject(asObject(call)?.function) ?? {};
    return `Called the tool ${String(name)} with ${String(args)}.`;
  });
  const { tool_calls: _, ...rest } = message;
  return { ...rest, content: [textOf(message.content), ...calls].filter((text) => text !== '').join('\n') };
}

/** For models without tools (Perplexity): offers are left out with a warning, earlier calls and results become text. */
export const noTools: Quirk = {
  name: 'no-tools',
  when: ({ dialect }) => dialect === 'openai-chat',
  apply: (body, { model }, warn) => {
    if (asArray(body.tools).length > 0) warn(`${model} has no tools; they were left out.`);
    return mapMessages(withoutFields(body, ['tools', 'tool_choice', 'parallel_tool_calls']), toldAsText);
  },
};
