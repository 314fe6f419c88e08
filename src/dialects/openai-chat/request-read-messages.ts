import type { ContentPart, Message, Role, TextPart, ToolCallPart, ToolResultContent, ToolResultPart } from '../../conversation/content.ts';
import { asObject, asString, type JsonObject, unknownFields } from '../../conversation/json.ts';
import type { Signature } from '../../conversation/signature.ts';
import { readCallSignature } from './call-signature.ts';
import { DIALECT, keep } from './extensions.ts';
import { readReplayedReasoning } from './reasoning-replay.ts';
import { readPart } from './request-read-parts.ts';
import type { WireMessage, WireToolCall } from './schema.ts';

const KNOWN: ReadonlySet<string> = new Set(['role', 'content', 'name', 'refusal', 'audio', 'tool_calls', 'tool_call_id', 'function_call']);

/** The messages in order. Tool results learn the name of the call they answer; calls without an id get one from their place. */
export function readMessages(wire: WireMessage[]): Message[] {
  const calls: CallBook = new Map();
  return wire.map((message, at) => readMessage(message, at, calls));
}

function readMessage(message: WireMessage, at: number, calls: CallBook): Message {
  switch (message.role) {
    case 'assistant':
      return readAssistant(message, at, calls);
    case 'tool':
    case 'function':
      return readToolMessage(message, calls);
    case 'system':
    case 'developer':
    case 'user':
      return readPlain(message, message.role);
  }
}

/** Names of the calls seen so far by id; a legacy `function_call`, which has no id, is also found by `function:<name>`. */
type CallBook = Map<string, string>;

function readPlain(wire: WireMessage, role: Role): Message {
  return finishMessage(wire, role, readContent(wire), unknownFields(wire as JsonObject, KNOWN));
}

function readContent(wire: WireMessage): ContentPart[] {
  if (typeof wire.content === 'string') return wire.content === '' ? [] : [{ type: 'text', text: wire.content }];
  return (wire.content ?? []).map((part) => readPart(part as JsonObject));
}

/** An empty string or list is noted, since some hosts refuse null where they take an empty string, and the other way round. */
function finishMessage(
  wire: WireMessage,
  role: Role,
  content: ContentPart[],
  fields: JsonObject | undefined,
  form: JsonObject = {},
): Message {
  if (wire.content !== undefined && wire.content.length === 0) form = { ...form, content: typeof wire.content === 'string' ? '' : [] };
  const extensions = keep(fields, Object.keys(form).length > 0 ? form : undefined);
  return { role, content, ...(wire.name === undefined ? {} : { name: wire.name }), ...(extensions ? { extensions } : {}) };
}

function readAssistant(wire: WireMessage, at: number, calls: CallBook): Message {
  const rest = unknownFields(wire as JsonObject, KNOWN);
  const { part: reasoning, fields, textSignature } = readReplayedReasoning(rest ?? {});
  const content: ContentPart[] = reasoning ? [reasoning] : [];
  content.push(...signText(readContent(wire), textSignature));
  if (wire.refusal) content.push({ type: 'refusal', text: wire.refusal });
  if (wire.audio) content.push({ type: 'audio', id: wire.audio.id, source: { kind: 'file-id', id: wire.audio.id, dialect: DIALECT } });
  for (const [index, call] of (wire.tool_calls ?? []).entries()) content.push(readToolCall(call, `call_${at}_${index}`, calls));
  if (wire.function_call) content.push(readLegacyCall(wire.function_call as JsonObject, `call_${at}`, calls));
  return finishMessage(wire, 'assistant', content, Object.keys(fields).length > 0 ? fields : undefined);
}

function signText(parts: ContentPart[], signature: Signature | undefined): ContentPart[] {
  const text = parts.find((part): part is TextPart => part.type === 'text');
  if (text && signature) text.signature = signature;
  return parts;
}

function readToolCall(wire: WireToolCall, spareId: string, calls: CallBook): ToolCallPart {
  const custom = wire.type === 'custom' || !wire.function ? (wire.custom as JsonObject | undefined) : undefined;
  const target = custom ?? (wire.function as JsonObject | undefined) ?? {};
  const id = wire.id || spareId;
  const name = asString(target.name) ?? '';
  calls.set(id, name);
  const { signature, extra } = readCallSignature(asObject(wire.extra_content));
  const rest = unknownFields(wire as JsonObject, new Set(['id', 'type', 'function', 'custom', 'extra_content', 'index']));
  const extensions = keep(rest || extra ? { ...rest, ...(extra ? { extra_content: extra } : {}) } : undefined);
  return {
    type: 'tool-call',
    id,
    name,
    arguments: custom ? (asString(custom.input) ?? '') : argumentText(target.arguments),
    ...(custom ? { kind: 'custom' as const } : {}),
    ...(signature ? { signature } : {}),
    ...(extensions ? { extensions } : {}),
  };
}

function argumentText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function readLegacyCall(wire: JsonObject, id: string, calls: CallBook): ToolCallPart {
  const name = asString(wire.name) ?? '';
  calls.set(id, name);
  calls.set(`function:${name}`, id);
  return { type: 'tool-call', id, name, arguments: asString(wire.arguments) ?? '', extensions: keep(undefined, { legacy: true }) };
}

function readToolMessage(wire: WireMessage, calls: CallBook): Message {
  const legacy = wire.role === 'function';
  const callId = legacy ? (calls.get(`function:${wire.name ?? ''}`) ?? `call_${wire.name ?? ''}`) : (wire.tool_call_id ?? '');
  const name = calls.get(callId) ?? wire.name;
  const part: ToolResultPart = {
    type: 'tool-result',
    callId,
    ...(name === undefined ? {} : { name }),
    content: readContent(wire).flatMap(asResultContent),
  };
  return finishMessage(wire, 'tool', [part], unknownFields(wire as JsonObject, KNOWN), legacy ? { legacy: true } : {});
}

function asResultContent(part: ContentPart): ToolResultContent[] {
  switch (part.type) {
    case 'text':
    case 'image':
    case 'audio':
    case 'file':
      return [part];
    case 'refusal':
    case 'reasoning':
      return [{ type: 'text', text: part.text }];
    case 'server':
      return [{ type: 'text', text: JSON.stringify(part.raw) }];
    case 'tool-call':
    case 'tool-result':
      return [];
  }
}
