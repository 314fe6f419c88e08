import type { ContentPart, Message, ReasoningPart, ToolCallPart } from '../../conversation/content.ts';
import { type JsonObject, withoutNulls } from '../../conversation/json.ts';
import { argumentsAsFunction } from '../shared/custom-tools.ts';
import { asImage, flatTurns, plainText, resultText, textOf } from '../shared/flat-turns.ts';
import { urlFromSource } from '../shared/media.ts';
import type { ToolNames } from '../shared/tool-names.ts';

export interface CohereWriting {
  names: ToolNames;
  /** The model thinks in this request. */
  thinking: boolean;
  warn(message: string): void;
}

/**
 * The messages of `POST /v2/chat` (ChatMessageV2). "system turn must be the first in the list": the leading ones are joined, later ones
 * are said by the user. Turns without content are left out ("message must not be empty in a turn").
 */
export function writeMessages(messages: readonly Message[], writing: CohereWriting): JsonObject[] {
  const first = messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  const count = first < 0 ? messages.length : first;
  const system = messages.slice(0, count).map(({ content }) => textOf(content, writing.warn));
  const words = system.filter((text) => text !== '').join('\n\n');
  const turns = flatTurns(messages.slice(count)).flatMap((message) => writeTurn(message, writing));
  return [...(words === '' ? [] : [{ role: 'system', content: words }]), ...turns];
}

function writeTurn(message: Message, writing: CohereWriting): JsonObject[] {
  switch (message.role) {
    case 'assistant':
      return writeAssistant(message, writing);
    case 'tool':
      return message.content.flatMap((part) => writeResult(part, writing));
    case 'system':
    case 'developer':
    case 'user':
      return writeUser(message, writing);
  }
}

/** A list of blocks: a bare string "should be formatted as a JSON object" (ToolMessageV2). */
function writeResult(part: ContentPart, { warn }: CohereWriting): JsonObject[] {
  if (part.type !== 'tool-result') return [];
  return [{ role: 'tool', tool_call_id: part.callId, content: [{ type: 'text', text: resultText(part, warn) }] }];
}

function writeUser(message: Message, writing: CohereWriting): JsonObject[] {
  const content = message.content.map((part) => writePart(part, writing)).filter((part) => part !== undefined);
  const [only] = content;
  if (only === undefined) return [];
  return [{ role: 'user', content: content.length === 1 && typeof only.text === 'string' ? only.text : content }];
}

function writePart(part: ContentPart, { warn }: CohereWriting): JsonObject | undefined {
  const image = asImage(part);
  if (image) {
    const url = urlFromSource(image.source);
    if (url !== undefined) return { type: 'image_url', image_url: withoutNulls({ url, detail: detailOf(image.detail) }) };
    warn('An uploaded image was left out: its id means nothing to this provider.');
    return undefined;
  }
  const text = plainText(part, warn);
  return text ? { type: 'text', text } : undefined;
}

const detailOf = (detail: string | undefined): string | undefined =>
  detail === 'low' || detail === 'high' || detail === 'auto' ? detail : undefined;

function writeAssistant(message: Message, writing: CohereWriting): JsonObject[] {
  const calls = message.content.filter((part) => part.type === 'tool-call');
  const text = textOf(message.content, writing.warn);
  if (calls.length === 0) return text === '' ? [] : [{ role: 'assistant', content: text }];
  return [{ role: 'assistant', ...planOf(message, text, writing), tool_calls: calls.map((call) => writeCall(call, writing)) }];
}

/**
 * What was said before the calls. "text content is not allowed when tool_calls are provided. If you wish to pass a tool plan, either pass
 * thinking content (with thinking enabled) or use 'tool_plan'" (a 400 quoted in github.com/vercel/ai/issues/5794).
 */
function planOf(message: Message, text: string, { thinking }: CohereWriting): JsonObject {
  const thoughts = message.content.filter((part) => part.type === 'reasoning').filter(isReadable);
  const plan = [...thoughts.map((part) => part.text), text].filter((words) => words !== '').join('\n\n');
  if (plan === '') return {};
  return thinking ? { content: [{ type: 'thinking', thinking: plan }] } : { tool_plan: plan };
}

/** Cohere signs nothing: what another vendor signed is not its own. */
const isReadable = (part: ReasoningPart): boolean => part.signature === undefined && part.text !== '';

function writeCall(call: ToolCallPart, { names }: CohereWriting): JsonObject {
  const args = argumentsAsFunction(call) || '{}';
  return { id: call.id, type: 'function', function: { name: names.toVendor(call.name), arguments: args } };
}
