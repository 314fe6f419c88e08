import type { ContentPart, Message } from '../conversation/content.ts';
import { asArray, asObject, asString, type Json, type JsonObject } from '../conversation/json.ts';
import type { ChatRequest, FunctionTool } from '../conversation/request.ts';
import type { ChatResponse } from '../conversation/response.ts';
import { replyContext } from './contexts.ts';
import type { Answer, Exchange } from './exchange.ts';
import type { Target } from './target.ts';
import { asStream } from './whole-answer.ts';

/**
 * The built-in demo provider: proves that a tool is wired before any key is added. `demo/echo` repeats the last user text;
 * `demo/tools` calls the first function tool offered, then tells what the tool said. Its usage is unknown, and says so by leaving it out.
 */
export function answerOffline(
  exchange: Exchange,
  target: Target,
  options: { onResponse?: ((response: ChatResponse) => void) | undefined },
): Answer {
  const response: ChatResponse = {
    dialect: exchange.client.id,
    id: undefined,
    model: target.name,
    created: Math.floor(exchange.now() / 1000),
    choices: [{ index: 0, ...demoTurn(exchange.request, target.model, exchange.newId) }],
  };
  options.onResponse?.(response);
  const report = {
    usage: undefined,
    model: target.name,
    finish: response.choices[0]?.finish.reason,
    error: undefined,
    passedThrough: false,
  };
  if (exchange.request.stream) return { kind: 'stream', head: asStream(exchange, response, target.name), pump: async () => report };
  return { kind: 'whole', body: JSON.stringify(exchange.client.writeResponse(response, replyContext(exchange, target.name))), report };
}

function demoTurn(request: ChatRequest, model: string, newId: () => string): Pick<ChatResponse['choices'][number], 'content' | 'finish'> {
  const text = (value: string): Pick<ChatResponse['choices'][number], 'content' | 'finish'> => ({
    content: [{ type: 'text', text: value }],
    finish: { reason: 'stop' },
  });
  if (model !== 'tools')
    return text(`OmniRoute demo: you said "${lastText(request.messages) || 'nothing'}". Add a provider to get a real answer.`);
  const result = lastToolResult(request.messages);
  if (result !== undefined) return text(`OmniRoute demo: the tool answered "${result}".`);
  const tool = (request.tools ?? []).find((offered): offered is FunctionTool => offered.type === 'function');
  if (!tool) return text('OmniRoute demo: no tool was offered, so there is nothing to call.');
  const call: ContentPart = {
    type: 'tool-call',
    id: `call_${newId()}`,
    name: tool.name,
    arguments: JSON.stringify(sample(tool.parameters ?? {}, 0)),
  };
  return { content: [call], finish: { reason: 'tool-calls' } };
}

function lastText(messages: readonly Message[]): string {
  const last = messages.findLast((message) => message.role === 'user' && message.content.some((part) => part.type === 'text'));
  return (last?.content ?? [])
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join(' ')
    .slice(-500);
}

/** The text of a tool result in the newest turn, or `undefined` when that turn has none. */
function lastToolResult(messages: readonly Message[]): string | undefined {
  for (const part of messages.at(-1)?.content ?? []) {
    if (part.type === 'tool-result')
      return part.content
        .flatMap((entry) => (entry.type === 'text' ? [entry.text] : []))
        .join(' ')
        .slice(0, 500);
  }
  return undefined;
}

/** The smallest value a JSON Schema describes, for the required fields alone. */
function sample(schema: JsonObject, depth: number): Json {
  if (schema.const !== undefined) return schema.const;
  if (schema.default !== undefined) return schema.default;
  const first = asArray(schema.enum)[0];
  if (first !== undefined) return first;
  const type = asString(schema.type) ?? asString(asArray(schema.type)[0]) ?? (schema.properties ? 'object' : 'string');
  switch (type) {
    case 'object':
      return depth > 4
        ? {}
        : Object.fromEntries(
            asArray(schema.required).flatMap((key) =>
              typeof key === 'string' ? [[key, sample(asObject(asObject(schema.properties)?.[key]) ?? {}, depth + 1)]] : [],
            ),
          );
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return asNumberOr(schema.minimum, 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'demo';
  }
}

function asNumberOr(value: Json | undefined, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
