import type { ContentPart, ReasoningPart, ServerPart, TextPart, ToolCallPart, ToolResultPart } from '../../conversation/content.ts';
import type { DialectId } from '../../conversation/dialect-id.ts';
import { isObject, type JsonObject, parseJson } from '../../conversation/json.ts';
import { argumentsAsFunction } from '../shared/custom-tools.ts';
import { anthropicToolId } from '../shared/tool-ids.ts';
import type { ToolNames } from '../shared/tool-names.ts';
import { ownCitations } from './citations.ts';
import { writeAudio, writeFile, writeImage } from './media-write.ts';
import type { ModelTraits } from './model-traits.ts';
import { DIALECT, ownExtension, writeCache } from './vocabulary.ts';

/** What the writing of one request's blocks needs to know. */
export interface BlockWriter {
  model: string;
  traits: ModelTraits;
  names: ToolNames;
  /** The dialect whose signatures the target minted. */
  signer: DialectId;
  warn(message: string): void;
}

/** The block of one part in a request, or `undefined` where the API has no place for it. */
export function writeBlock(part: ContentPart, role: 'user' | 'assistant', writer: BlockWriter): JsonObject | undefined {
  const raw = ownExtension(part).block;
  if (isObject(raw)) return raw;
  switch (part.type) {
    case 'text':
      return writeText(part);
    case 'refusal':
      return textBlock(part.text);
    case 'image':
      return writeImage(part, role, writer);
    case 'file':
      return writeFile(part, role, writer);
    case 'audio':
      return writeAudio(part, writer);
    case 'tool-call':
      return writeToolCall(part, writer);
    case 'tool-result':
      return writeToolResult(part, writer);
    case 'reasoning':
      return writeReasoning(part, writer);
    case 'server':
      return writeServer(part, writer);
  }
}

/** The API refuses text blocks without a visible character. */
export const textBlock = (text: string): JsonObject | undefined => (text.trim() === '' ? undefined : { type: 'text', text });

function writeText(part: TextPart): JsonObject | undefined {
  const block = textBlock(part.text);
  const citations = ownCitations(part.citations);
  return block && { ...block, ...(citations.length > 0 ? { citations } : {}), ...writeCache(part.cache), ...ownExtension(part) };
}

function writeToolCall(part: ToolCallPart, { names, warn }: BlockWriter): JsonObject {
  const input = toolInput(part);
  if (input.repaired) warn(`The arguments of the call to ${part.name} were not a JSON object; they were sent as text in "input".`);
  return {
    type: 'tool_use',
    id: anthropicToolId(part.id),
    name: names.toVendor(part.name),
    input: input.value,
    ...writeCache(part.cache),
    ...ownExtension(part),
  };
}

/** `input` must be an object. Text that is no JSON object is kept whole under `input`; nothing at all is `{}`. */
export function toolInput(part: ToolCallPart): { value: JsonObject; repaired: boolean } {
  const text = argumentsAsFunction(part);
  if (text.trim() === '') return { value: {}, repaired: false };
  const parsed = parseJson(text);
  if (isObject(parsed)) return { value: parsed, repaired: false };
  if (parsed === null) return { value: {}, repaired: false };
  return { value: { input: parsed === undefined ? text : parsed }, repaired: true };
}

function writeToolResult(part: ToolResultPart, writer: BlockWriter): JsonObject {
  const content = part.content.map((item) => writeBlock(item, 'user', writer)).filter((block) => block !== undefined);
  if (content.length === 0 && part.json !== undefined) content.push({ type: 'text', text: JSON.stringify(part.json) });
  const [only] = content;
  // Compatible vendors take the plain string more reliably than a list of one.
  const plain = content.length === 1 && only?.type === 'text' && Object.keys(only).length === 2 ? only.text : undefined;
  return {
    type: 'tool_result',
    tool_use_id: anthropicToolId(part.callId),
    ...(content.length > 0 ? { content: plain ?? content } : {}),
    ...(part.isError === undefined ? {} : { is_error: part.isError }),
    ...writeCache(part.cache),
    ...ownExtension(part),
  };
}

/**
 * Only thinking that this API signed may come back (else: 400 "Invalid `signature` in `thinking` block"); newer models refuse
 * another model's, older ones ignore it. Everything else is left out without a word: it was never part of the conversation's text.
 */
function writeReasoning(part: ReasoningPart, { model, signer, traits }: BlockWriter): JsonObject | undefined {
  const { signature } = part;
  if (signature?.dialect !== signer || signature.value === '') return undefined;
  if (traits.bindsThinking && signature.model !== undefined && signature.model !== model) return undefined;
  if (part.redacted) return { type: 'redacted_thinking', data: signature.value };
  return { type: 'thinking', thinking: part.text, signature: signature.value };
}

function writeServer(part: ServerPart, { warn }: BlockWriter): JsonObject | undefined {
  if (part.dialect === DIALECT) return part.raw;
  if (part.text !== undefined) return textBlock(part.text);
  warn(`An earlier ${part.name} of another vendor was left out of the conversation.`);
  return undefined;
}
