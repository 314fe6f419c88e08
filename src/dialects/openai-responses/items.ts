import type { ContentPart, ImagePart, ReasoningPart, RefusalPart, ServerPart, TextPart, ToolCallPart } from '../../conversation/content.ts';
import { asArray, asObject, asString, type JsonObject } from '../../conversation/json.ts';
import { openSignature, type Signature } from '../../conversation/signature.ts';
import type { ReadContext } from '../dialect.ts';
import { citationsOf } from './content.ts';
import { ID, keep, leftovers } from './extension.ts';
import { type ClientName, clientNames, flatName } from './namespaces.ts';

/*
 * One item of a conversation as canonical parts. The same items stand in a vendor's `output` and in a client's `input`
 * (npm `openai` 6: `ResponseOutputItem`, `ResponseInputItem`). Calm about what is absent: the request checks before it calls.
 */

export function functionCallPart(raw: JsonObject): ToolCallPart {
  const name = asString(raw.name) ?? '';
  const namespace = asString(raw.namespace);
  return {
    type: 'tool-call',
    id: asString(raw.call_id) ?? asString(raw.id) ?? '',
    name: flatName(namespace, name),
    arguments: asString(raw.arguments) ?? '',
    ...keep({ item: leftovers(raw, ['call_id', 'name', 'arguments']), name: namespace ? name : undefined }),
  };
}

export function customCallPart(raw: JsonObject): ToolCallPart {
  const { input, ...rest } = raw;
  const { arguments: _none, ...part } = functionCallPart(rest);
  return { ...part, arguments: asString(input) ?? '', kind: 'custom' };
}

/** Summary parts first, then the reasoning itself (gpt-oss, DeepSeek), with an empty line between parts. */
export function reasoningText(raw: JsonObject): string {
  const texts = [...asArray(raw.summary), ...asArray(raw.content)].map((part) => asString(asObject(part)?.text) ?? '');
  return texts.filter((text) => text !== '').join('\n\n');
}

/** `model`: who minted it, where that is known (in an answer, not in a replayed item). */
export function reasoningPart(raw: JsonObject, model?: string): ReasoningPart {
  const id = asString(raw.id);
  const signature = signatureOf(raw, model);
  return {
    type: 'reasoning',
    text: reasoningText(raw),
    ...(signature ? { signature } : {}),
    ...(id === undefined ? {} : { id }),
    ...keep({ item: leftovers(raw, ['encrypted_content']) }),
  };
}

export function signatureOf(raw: JsonObject, model?: string): Signature | undefined {
  const sealed = asString(raw.encrypted_content);
  if (!sealed) return undefined;
  const signature = openSignature(sealed, ID);
  return model !== undefined && signature.dialect === ID ? { ...signature, model } : signature;
}

const IMAGE_MIME: Record<string, string> = { png: 'image/png', jpeg: 'image/jpeg', webp: 'image/webp' };

/** A finished `image_generation_call` is the picture itself, so that every client gets it; an unfinished one has none. */
export function generatedImage(raw: JsonObject): ImagePart | undefined {
  const data = asString(raw.result);
  if (!data) return undefined;
  const mimeType = IMAGE_MIME[asString(raw.output_format) ?? 'png'] ?? 'image/png';
  return { type: 'image', source: { kind: 'base64', mimeType, data }, ...keep({ item: leftovers(raw, ['result']) }) };
}

export function serverPart(raw: JsonObject): ServerPart {
  const text = raw.type === 'code_interpreter_call' ? codeText(raw) : undefined;
  return { type: 'server', dialect: ID, name: asString(raw.type) ?? 'unknown', raw, ...(text ? { text } : {}) };
}

function codeText(raw: JsonObject): string | undefined {
  const code = asString(raw.code);
  if (!code) return undefined;
  const logs = asArray(raw.outputs).flatMap((output) => asString(asObject(output)?.logs) ?? []);
  return [`\`\`\`python\n${code}\n\`\`\``, ...logs.map((log) => `\`\`\`\n${log}\n\`\`\``)].join('\n');
}

/** What is known of the answer that an item stands in. */
export interface AnswerContext {
  model: string;
  newId(): string;
  clientName: ClientName;
}

export function answerContext(context: ReadContext): AnswerContext {
  return { model: context.model, newId: () => context.newId(), clientName: clientNames(context.request) };
}

/** The parts of an item of an answer. */
export function partsOfOutput(raw: JsonObject, context: AnswerContext): ContentPart[] {
  switch (raw.type) {
    case 'message':
      return messageParts(raw);
    case 'function_call':
    case 'custom_tool_call':
      return [answeredCall(raw, context)];
    case 'reasoning':
      return [reasoningPart(raw, context.model)];
    case 'image_generation_call':
      return [generatedImage(raw) ?? serverPart(raw)];
    default:
      return [serverPart(raw)];
  }
}

/** A call as the model made it. `status` is left to the writer, which knows whether the answer was cut; an id is made where there is none. */
export function answeredCall(raw: JsonObject, context: AnswerContext): ToolCallPart {
  const { status: _status, ...call } = raw;
  const part = raw.type === 'custom_tool_call' ? customCallPart(call) : functionCallPart(call);
  return { ...part, id: part.id || `call_${context.newId()}`, name: context.clientName(asString(raw.name) ?? '', asString(raw.namespace)) };
}

/** What is kept of a message item on each of its parts: `id` and `phase` among them. */
export function messageItemOf(raw: JsonObject): JsonObject {
  return leftovers(raw, ['role', 'content', 'status']) ?? {};
}

function messageParts(raw: JsonObject): ContentPart[] {
  const item = messageItemOf(raw);
  return asArray(raw.content).flatMap((content) => {
    const part = asObject(content);
    return part ? [messagePart(part, item)] : [];
  });
}

export function messagePart(part: JsonObject, item: JsonObject): TextPart | RefusalPart {
  if (part.type === 'refusal') return { type: 'refusal', text: asString(part.refusal) ?? '', ...keep({ item }) };
  const citations = citationsOf(part.annotations);
  return { type: 'text', text: asString(part.text) ?? '', ...(citations.length > 0 ? { citations } : {}), ...keep({ item }) };
}
