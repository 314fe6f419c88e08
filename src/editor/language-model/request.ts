import type { JsonObject } from '../../conversation/json.ts';
import type { ReasoningEffort } from '../../conversation/request.ts';
import { openCallSignature } from '../../dialects/openai-responses/call-signature.ts';
import type { Part, Turn } from './parts.ts';

/*
 * Our own gateway is asked in the Responses dialect, because it loses least of what VS Code's parts can say: thoughts stay apart from
 * each other, each with its own proof and in its place (chat completions have one per message); tool results may hold images (chat has
 * text alone); no limit of the answer has to be named (Anthropic Messages demands `max_tokens`, and a wrong one cuts or is refused).
 * What it has no field for are stop sequences, penalties and a seed, and that a tool failed (proposed API).
 */

export interface ToolSpec {
  name: string;
  description: string;
  inputSchema?: object;
}

export interface Question {
  model: string;
  turns: Turn[];
  tools: ToolSpec[];
  /** `LanguageModelChatToolMode.Required`. */
  mustCall: boolean;
  /** The caller's `modelOptions`. */
  options: Record<string, unknown>;
  /** Chosen by the user for this model in the picker. */
  effort?: ReasoningEffort;
}

export function requestBody({ model, turns, tools, mustCall, options, effort }: Question): JsonObject {
  return {
    model,
    input: turns.flatMap(itemsOf),
    stream: true,
    // Nothing is asked for again by its id: the editor sends the whole conversation with each turn.
    store: false,
    include: ['reasoning.encrypted_content'],
    ...(tools.length > 0 ? { tools: tools.map(toolOf), tool_choice: mustCall ? 'required' : 'auto' } : {}),
    ...(effort ? { reasoning: { effort, summary: 'auto' } } : {}),
    ...sampling(options),
  };
}

/** OpenAI makes every field of a tool required unless told that the schema is not strict. */
function toolOf({ name, description, inputSchema }: ToolSpec): JsonObject {
  const parameters = (inputSchema ?? { type: 'object', properties: {} }) as JsonObject;
  return { type: 'function', name, description, parameters, strict: false };
}

/** The options that extensions set, by the names OpenAI's, Anthropic's and Gemini's APIs have for them. Copilot's own begin with `_`. */
function sampling(options: Record<string, unknown>): JsonObject {
  const given = (...names: string[]): number | undefined =>
    names.map((name) => options[name]).find((value): value is number => typeof value === 'number' && Number.isFinite(value));
  const temperature = given('temperature');
  const topP = given('top_p', 'topP');
  const limit = given('max_output_tokens', 'max_completion_tokens', 'max_tokens', 'maxOutputTokens', 'maxTokens');
  return {
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(limit === undefined || limit < 1 ? {} : { max_output_tokens: Math.floor(limit) }),
  };
}

function itemsOf({ role, parts }: Turn): JsonObject[] {
  return role === 'assistant' ? assistantItems(parts) : askedItems(role, parts);
}

/** Tool results stand in user messages; each is an item of its own, and goes before what the user says with it. */
function askedItems(role: 'system' | 'user', parts: Part[]): JsonObject[] {
  const outputs = parts.flatMap((part) => (part.type === 'tool-result' ? [outputOf(part)] : []));
  const content = parts.flatMap(contentOf);
  return content.length > 0 ? [...outputs, { type: 'message', role, content }] : outputs;
}

function outputOf({ id, content, isError }: Extract<Part, { type: 'tool-result' }>): JsonObject {
  const parts = content.flatMap(contentOf);
  const [only] = parts;
  const plain = parts.length === 1 && only?.type === 'input_text' ? only.text : undefined;
  const failed: JsonObject[] = isError && parts.length === 0 ? [{ type: 'input_text', text: 'The tool failed.' }] : [];
  return { type: 'function_call_output', call_id: id, output: plain ?? (parts.length > 0 ? parts : failed.length > 0 ? failed : '') };
}

function contentOf(part: Part): JsonObject[] {
  switch (part.type) {
    case 'text':
      return part.text === '' ? [] : [{ type: 'input_text', text: part.text }];
    case 'data':
      return [mediaOf(part)];
    case 'thinking':
    case 'tool-call':
    case 'tool-result':
      return [];
  }
}

function mediaOf({ mimeType, data }: Extract<Part, { type: 'data' }>): JsonObject {
  const base64 = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  if (mimeType.startsWith('image/')) return { type: 'input_image', image_url: `data:${mimeType};base64,${base64}`, detail: 'auto' };
  const audio = /^audio\/(?:x-)?(wav|mp3|mpeg)$/.exec(mimeType)?.[1];
  if (audio) return { type: 'input_audio', input_audio: { data: base64, format: audio === 'wav' ? 'wav' : 'mp3' } };
  const filename = `file.${mimeType.split('/').at(-1)?.replace(/\W.*/, '') ?? 'bin'}`;
  return { type: 'input_file', filename, file_data: `data:${mimeType};base64,${base64}` };
}

/** In the order of the parts, but for the proofs of calls: the dialect wants them after their call, and Copilot sends thoughts first. */
function assistantItems(parts: Part[]): JsonObject[] {
  const items: JsonObject[] = [];
  const proofs: JsonObject[] = [];
  for (const part of thoughtsJoined(parts)) {
    switch (part.type) {
      case 'text':
        addText(items, part.text);
        break;
      case 'thinking':
        (openCallSignature(part.signature) ? proofs : items).push(reasoningOf(part));
        break;
      case 'tool-call':
        items.push({ type: 'function_call', call_id: part.id, name: part.name, arguments: JSON.stringify(part.input) });
        break;
      case 'data':
        items.push({ type: 'message', role: 'user', content: [mediaOf(part)] });
        break;
      case 'tool-result':
        items.push(outputOf(part));
        break;
    }
  }
  return [...items, ...proofs];
}

/** Pieces of one text in a row are one message. */
function addText(items: JsonObject[], text: string): void {
  if (text === '') return;
  const last = items.at(-1);
  const content = last?.role === 'assistant' && Array.isArray(last.content) ? (last.content[0] as JsonObject) : undefined;
  if (content) content.text = `${String(content.text)}${text}`;
  else items.push({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] });
}

type Thought = Extract<Part, { type: 'thinking' }>;

/** Without an id: what is not stored is found by its proof alone. */
function reasoningOf({ text, signature }: Thought): JsonObject {
  const summary = text === '' ? [] : [{ type: 'summary_text', text }];
  return { type: 'reasoning', summary, ...(signature === undefined ? {} : { encrypted_content: signature }) };
}

/** A thought may come back in the pieces in which it was streamed: they become one, which the piece with the proof ends. */
function thoughtsJoined(parts: Part[]): Part[] {
  const joined: Part[] = [];
  let open: Thought | undefined;
  for (const part of parts) {
    if (part.type !== 'thinking') {
      open = undefined;
      joined.push(part);
      continue;
    }
    // A proof without words (a hidden thought, or a call's) stands for itself.
    if (open && part.signature !== undefined && part.text !== '') Object.assign(open, part);
    else if (open && part.signature === undefined) open.text += part.text;
    else joined.push({ ...part });
    const last = joined.at(-1);
    open = last?.type === 'thinking' && last.signature === undefined ? last : undefined;
  }
  return joined.filter((part) => part.type !== 'thinking' || part.text !== '' || part.signature !== undefined);
}
