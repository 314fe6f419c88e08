import { asObject, isObject, type JsonObject } from '../../conversation/json.ts';

/**
 * What messages of VS Code's Language Model API hold, as plain objects. VS Code hands over instances of its classes to a provider's
 * answer; to its token count, since it does not convert there, the same parts as they cross between its processes (seen in 1.139).
 * Both are told by their fields alone, so that nothing here needs the editor.
 */
export type Part =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string; signature?: string }
  | { type: 'tool-call'; id: string; name: string; input: unknown }
  | { type: 'tool-result'; id: string; content: Part[]; isError: boolean }
  | { type: 'data'; mimeType: string; data: Uint8Array };

export interface Turn {
  role: 'system' | 'user' | 'assistant';
  parts: Part[];
}

/** Values of `LanguageModelChatMessageRole`; 3 is `System`, still proposed API, which Copilot Chat uses. */
const ROLES: Record<number, Turn['role']> = { 1: 'user', 2: 'assistant', 3: 'system' };

/**
 * Data parts by which Copilot Chat talks to itself and to its own providers (0.67): they are no content. Ours never asks for the marks
 * of a prompt cache either (it sends them to some vendors alone); the gateway sets those itself.
 */
const NOT_CONTENT: ReadonlySet<string> = new Set([
  'cache_control',
  'stateful_marker',
  'thinking',
  'context_management',
  'phase_data',
  'usage',
]);

export function readTurn(message: unknown): Turn {
  const { role, content } = isObject(message) ? message : ({} as JsonObject);
  return { role: ROLES[Number(role)] ?? 'user', parts: readParts(content) };
}

/** A string or a list of parts. What is of no known kind is left out, as VS Code's own types ask of providers. */
export function readParts(content: unknown): Part[] {
  if (typeof content === 'string') return content === '' ? [] : [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.flatMap((part) => readPart(part) ?? []) : [];
}

function readPart(part: unknown): Part | undefined {
  if (typeof part === 'string') return { type: 'text', text: part };
  if (typeof part !== 'object' || part === null) return undefined;
  const fields = part as Record<string, unknown>;
  return typeof fields.type === 'string' ? readWirePart(fields) : readInstance(fields);
}

function readInstance(part: Record<string, unknown>): Part | undefined {
  if (typeof part.callId === 'string') return Array.isArray(part.content) ? result(part.callId, part.content, part.isError) : call(part);
  if (typeof part.mimeType === 'string') return data(part.mimeType, part.data);
  if ('metadata' in part || 'id' in part) return thinking(part.value, part.metadata);
  return 'value' in part ? { type: 'text', text: asText(part.value) } : undefined;
}

/** VS Code's own form between its processes. */
function readWirePart(part: Record<string, unknown>): Part | undefined {
  switch (part.type) {
    case 'text':
    case 'prompt_tsx':
      return { type: 'text', text: asText(part.value) };
    case 'thinking':
      return thinking(part.value, part.metadata);
    case 'tool_use':
      return call({ callId: part.toolCallId, name: part.name, input: part.parameters });
    case 'tool_result':
      return result(String(part.toolCallId), part.value, part.isError);
    case 'image_url': {
      const image = part.value as { mimeType?: unknown; data?: unknown } | undefined;
      return data(String(image?.mimeType), image?.data);
    }
    case 'data':
      return data(String(part.mimeType), part.data);
    default:
      return undefined;
  }
}

function call(part: Record<string, unknown>): Part {
  return { type: 'tool-call', id: String(part.callId), name: String(part.name), input: part.input ?? {} };
}

function result(id: string, content: unknown, isError: unknown): Part {
  return { type: 'tool-result', id, content: readParts(content), isError: isError === true };
}

/** What a tool wrote with `@vscode/prompt-tsx` is an object: its JSON is better than nothing. */
function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? '');
}

/** The proof, and the whole text it stands for, are on the part that `AnswerReader` ends a thought with. */
function thinking(value: unknown, metadata: unknown): Part {
  const fields = asObject(metadata as JsonObject) ?? {};
  const said = Array.isArray(value) ? value.join('') : asText(value);
  const signature = typeof fields.signature === 'string' ? fields.signature : undefined;
  if (signature === undefined) return { type: 'thinking', text: said };
  return { type: 'thinking', text: typeof fields.text === 'string' ? fields.text : said, signature };
}

function data(mimeType: string, value: unknown): Part | undefined {
  if (NOT_CONTENT.has(mimeType)) return undefined;
  const bytes = bytesOf(value);
  if (!bytes) return undefined;
  // Text and JSON are what `LanguageModelDataPart.text` and `.json` make.
  if (/^text\/|[/+]json$/.test(mimeType)) return { type: 'text', text: new TextDecoder().decode(bytes) };
  return { type: 'data', mimeType: mimeType.toLowerCase(), data: bytes };
}

/** Between processes bytes are wrapped once (`{buffer}`). */
function bytesOf(value: unknown): Uint8Array | undefined {
  if (value instanceof Uint8Array) return value;
  const inner = typeof value === 'object' && value !== null && 'buffer' in value ? value.buffer : undefined;
  return inner instanceof Uint8Array ? inner : undefined;
}
