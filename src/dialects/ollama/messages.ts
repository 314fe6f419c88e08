import type { ContentPart, Message, ToolCallPart, ToolResultPart } from '../../conversation/content.ts';
import { asObject, type JsonObject, parseJson, withoutNulls } from '../../conversation/json.ts';
import { argumentsAsFunction } from '../shared/custom-tools.ts';
import { asImage, flatTurns, resultText, textOf } from '../shared/flat-turns.ts';
import type { ToolNames } from '../shared/tool-names.ts';

export interface OllamaWriting {
  names: ToolNames;
  warn(message: string): void;
}

/** The messages of `POST /api/chat` (Message in api/types.go): one string of text, pictures beside it as bare base64. */
export function writeMessages(messages: readonly Message[], writing: OllamaWriting): JsonObject[] {
  const calls = callNames(messages);
  return flatTurns(messages).flatMap((message) => writeTurn(message, calls, writing));
}

/** Results name their tool (`tool_name`), which most dialects tell only at the call. */
function callNames(messages: readonly Message[]): Map<string, string> {
  const parts = messages.flatMap(({ content }) => content).filter((part) => part.type === 'tool-call');
  return new Map(parts.map(({ id, name }) => [id, name]));
}

function writeTurn(message: Message, calls: ReadonlyMap<string, string>, writing: OllamaWriting): JsonObject[] {
  switch (message.role) {
    case 'assistant':
      return writeAssistant(message, writing);
    case 'tool':
      return message.content.filter((part) => part.type === 'tool-result').map((part) => writeResult(part, calls, writing));
    case 'developer':
    case 'system':
      return writePlain('system', message.content, writing);
    case 'user':
      return writePlain('user', message.content, writing);
  }
}

function writePlain(role: string, content: readonly ContentPart[], { warn }: OllamaWriting): JsonObject[] {
  const images = content.flatMap((part) => imageBytes(part, warn) ?? []);
  const text = textOf(
    content.filter((part) => !asImage(part)),
    warn,
  );
  if (text === '' && images.length === 0) return [];
  return [{ role, content: text, ...(images.length > 0 ? { images } : {}) }];
}

function imageBytes(part: ContentPart, warn: (message: string) => void): string | undefined {
  const image = asImage(part);
  if (!image) return undefined;
  if (image.source.kind === 'base64') return image.source.data;
  warn('An image given by its address was left out: Ollama takes the bytes only.');
  return undefined;
}

/** Thoughts are given back: templates of thinking models show those of the turn in which tools are called. Signed ones are another vendor's. */
function writeAssistant(message: Message, writing: OllamaWriting): JsonObject[] {
  const calls = message.content.filter((part) => part.type === 'tool-call');
  const text = textOf(message.content, writing.warn);
  const thoughts = message.content.filter((part) => part.type === 'reasoning' && !part.signature);
  const thinking = thoughts.map((part) => (part.type === 'reasoning' ? part.text : '')).join('\n\n');
  if (text === '' && calls.length === 0) return [];
  return [
    {
      role: 'assistant',
      content: text,
      ...(thinking === '' ? {} : { thinking }),
      ...(calls.length > 0 ? { tool_calls: calls.map((call) => writeCall(call, writing)) } : {}),
    },
  ];
}

function writeCall(call: ToolCallPart, { names }: OllamaWriting): JsonObject {
  const text = argumentsAsFunction(call);
  // The server reads an object; text that is none is kept for the model to see.
  const args = asObject(parseJson(text || '{}')) ?? { input: text };
  return { id: call.id, function: { name: names.toVendor(call.name), arguments: args } };
}

function writeResult(result: ToolResultPart, calls: ReadonlyMap<string, string>, { names, warn }: OllamaWriting): JsonObject {
  const name = calls.get(result.callId) ?? result.name;
  return withoutNulls({
    role: 'tool',
    content: resultText(result, warn),
    tool_name: name === undefined ? undefined : names.toVendor(name),
    tool_call_id: result.callId,
  });
}
