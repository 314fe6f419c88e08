import type { ContentPart, Message, ToolCallPart, ToolResultPart } from '../../conversation/content.ts';
import { asObject, isObject, type JsonObject } from '../../conversation/json.ts';
import { argumentsAsFunction } from '../shared/custom-tools.ts';
import { openaiToolId } from '../shared/tool-ids.ts';
import { callSignatureField } from './call-signature.ts';
import { DIALECT, keptFields, keptForm } from './extensions.ts';
import { REASONING_FIELDS, replayReasoning } from './reasoning-replay.ts';
import type { Writing } from './request-write.ts';
import { writeContent, writePart, writeParts } from './request-write-parts.ts';

/** OpenAI: "tool_calls[].id: string too long, expected a maximum length of 40". */
const callId = (id: string): string => openaiToolId(id, 40);

/** The messages in order; tool results that stand inside user turns become tool messages before the rest of the turn. */
export function writeMessages(writing: Writing): JsonObject[] {
  const out: JsonObject[] = [];
  let pictures: JsonObject[] = [];
  // A picture from a tool goes into a user message, which may only come once all results of the turn have been given.
  const flush = () => {
    if (pictures.length > 0) out.push({ role: 'user', content: pictures });
    pictures = [];
  };
  for (const message of writing.request.messages) {
    const results = message.content.filter((part): part is ToolResultPart => part.type === 'tool-result');
    if (results.length === 0) flush();
    for (const result of results) {
      const written = writeToolResult(result, message, writing);
      out.push(written.message);
      pictures.push(...written.pictures);
    }
    if (message.content.length > 0 && results.length === message.content.length) continue;
    flush();
    const written = message.role === 'assistant' ? writeAssistant(message, writing) : writePlain(message, writing);
    if (written) out.push(written);
  }
  flush();
  return out;
}

function writePlain(message: Message, writing: Writing): JsonObject | undefined {
  // Only OpenAI knows `developer` for sure, and it reads `system` as the same: the word is the client's own or not used.
  const role = message.role === 'developer' && !writing.own ? 'system' : message.role;
  const parts = writeParts(message.content, writing);
  const content = parts.length > 0 ? writeContent(joinText(parts, writing.own)) : keptForm(message.extensions).content;
  if (content === undefined && message.content.length > 0) return undefined;
  return { ...keptFields(message.extensions), role, content: content ?? '', ...nameOf(message) };
}

const nameOf = (message: Message): JsonObject => (message.name === undefined ? {} : { name: message.name });

/** Text blocks of another dialect become one string where nothing else stands between them: simple hosts read only strings. */
function joinText(parts: JsonObject[], own: boolean): JsonObject[] {
  const plain = (part: JsonObject) => part.type === 'text' && typeof part.text === 'string' && Object.keys(part).length === 2;
  if (own || parts.length < 2 || !parts.every(plain)) return parts;
  return [{ type: 'text', text: parts.map((part) => part.text).join('\n\n') }];
}

function writeAssistant(message: Message, writing: Writing): JsonObject | undefined {
  const kept = keptFields(message.extensions);
  for (const field of REASONING_FIELDS) delete kept[field];
  const { content, refusal } = assistantContent(message, writing);
  const calls = message.content.filter((part): part is ToolCallPart => part.type === 'tool-call');
  const written: JsonObject = {
    ...kept,
    role: 'assistant',
    ...nameOf(message),
    ...replayReasoning(message, writing.context.model),
    ...(refusal ? { refusal } : {}),
    ...audioOf(message),
    ...writeCalls(calls, writing),
    ...textSignature(message, kept),
  };
  const empty = content === undefined && !calls.length && !refusal && !written.audio;
  if (empty && message.content.length > 0 && written.reasoning_content === undefined) return undefined;
  written.content = content ?? (empty ? '' : null);
  return written;
}

/** The visible text. Blocks that followed each other are one text; those that a call or a picture parted are set apart. */
function assistantContent(message: Message, writing: Writing): { content?: string | JsonObject[]; refusal?: string } {
  const parts: JsonObject[] = [];
  let refusal = '';
  let gap = false;
  for (const part of message.content) {
    if (part.type === 'refusal' && writing.own && keptForm(part.extensions).place !== 'part') refusal += part.text;
    const written = assistantPart(part, writing);
    const last = parts.at(-1);
    if (!written) gap = part.type !== 'reasoning' || gap;
    else if (!writing.own && last && isPlainText(last) && isPlainText(written)) {
      parts[parts.length - 1] = { type: 'text', text: `${String(last.text)}${gap ? '\n\n' : ''}${String(written.text)}` };
      gap = false;
    } else {
      parts.push(written);
      gap = false;
    }
  }
  const form = keptForm(message.extensions).content;
  const content = parts.length > 0 ? writeContent(parts) : typeof form === 'string' ? form : Array.isArray(form) ? [] : undefined;
  return { ...(content === undefined ? {} : { content }), ...(refusal ? { refusal } : {}) };
}

const isPlainText = (part: JsonObject): boolean => part.type === 'text' && Object.keys(part).length === 2;

function assistantPart(part: ContentPart, writing: Writing): JsonObject | undefined {
  const inPlace = keptForm(part.extensions).place === 'part';
  switch (part.type) {
    case 'text':
      return part.text === '' ? undefined : writePart(part, writing);
    case 'refusal':
      // Only OpenAI knows the field: from another dialect it is plain text.
      if (!writing.own) return { type: 'text', text: part.text };
      return inPlace ? { ...keptFields(part.extensions), type: 'refusal', refusal: part.text } : undefined;
    case 'reasoning':
      return inPlace ? { ...keptFields(part.extensions), type: 'thinking', thinking: [{ type: 'text', text: part.text }] } : undefined;
    case 'server':
      return writePart(part, writing);
    case 'image':
    case 'file':
      writing.context.warn(`A ${part.type} of an earlier answer was left out: an assistant message here holds text only.`);
      return undefined;
    case 'audio':
      return part.id === undefined && part.transcript ? { type: 'text', text: part.transcript } : undefined;
    case 'tool-call':
    case 'tool-result':
      return undefined;
  }
}

function audioOf(message: Message): JsonObject {
  const audio = message.content.find((part) => part.type === 'audio' && part.source.kind === 'file-id' && part.source.dialect === DIALECT);
  return audio?.type === 'audio' && audio.id !== undefined ? { audio: { id: audio.id } } : {};
}

function textSignature(message: Message, kept: JsonObject): JsonObject {
  const signature = message.content.find((part) => part.type === 'text' && part.signature?.dialect === DIALECT);
  if (signature?.type !== 'text' || !signature.signature) return {};
  return { extra_content: mergeExtra(asObject(kept.extra_content), callSignatureField(signature.signature)) };
}

function mergeExtra(before: JsonObject | undefined, signature: JsonObject): JsonObject {
  return { ...before, google: { ...asObject(before?.google), ...asObject(signature.google) } };
}

function writeCalls(calls: ToolCallPart[], writing: Writing): JsonObject {
  const legacy = calls[0];
  if (legacy && calls.length === 1 && writing.own && keptForm(legacy.extensions).legacy === true) {
    return { function_call: { name: legacy.name, arguments: legacy.arguments } };
  }
  return calls.length > 0 ? { tool_calls: calls.map((call) => writeCall(call, writing)) } : {};
}

function writeCall(call: ToolCallPart, { names, own }: Writing): JsonObject {
  const kept = keptFields(call.extensions);
  const extra =
    call.signature?.dialect === DIALECT ? mergeExtra(asObject(kept.extra_content), callSignatureField(call.signature)) : undefined;
  const name = names.toVendor(call.name);
  const common = { ...kept, ...(extra ? { extra_content: extra } : {}), id: callId(call.id) };
  if (own && call.kind === 'custom') return { ...common, type: 'custom', custom: { name, input: call.arguments } };
  return { ...common, type: 'function', function: { name, arguments: argumentsAsFunction(call) || '{}' } };
}

/** A tool message. Pictures stay in it only where the client himself put them there; elsewhere tool messages hold text alone. */
function writeToolResult(result: ToolResultPart, message: Message, writing: Writing): { message: JsonObject; pictures: JsonObject[] } {
  const kept = message.role === 'tool' ? keptFields(message.extensions) : {};
  if (keptForm(message.extensions).legacy === true) {
    return { message: { ...kept, role: 'function', name: result.name ?? '', content: textOf(result) }, pictures: [] };
  }
  const parts = writeParts(result.content, writing);
  const media = writing.own ? [] : parts.filter((part) => part.type !== 'text');
  const own = writing.own ? parts : parts.filter((part) => part.type === 'text');
  const label = { type: 'text', text: `Attached to the result of tool call ${callId(result.callId)}:` };
  const content = own.length > 0 ? writeContent(joinText(own, writing.own)) : emptyResult(result, message, media.length > 0);
  return {
    message: { ...kept, role: 'tool', tool_call_id: callId(result.callId), content, ...(message.role === 'tool' ? nameOf(message) : {}) },
    pictures: media.length > 0 ? [label, ...media] : [],
  };
}

function emptyResult(result: ToolResultPart, message: Message, pictured: boolean): string | JsonObject[] {
  if (pictured) return 'See the attachment in the next message.';
  if (result.json !== undefined) return JSON.stringify(result.json);
  const form = keptForm(message.extensions).content;
  return Array.isArray(form) ? form.filter(isObject) : '';
}

function textOf(result: ToolResultPart): string {
  return result.content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
