import type { ContentPart, Message, ToolCallPart, ToolResultContent, ToolResultPart } from '../../conversation/content.ts';
import { isObject, type JsonObject } from '../../conversation/json.ts';
import { ADDED_TOOLS } from './added-tools.ts';
import { openCallSignature } from './call-signature.ts';
import { type InputContent, readContentPart } from './content.ts';
import { keep, kept, leftovers } from './extension.ts';
import { customCallPart, functionCallPart, generatedImage, reasoningPart, serverPart } from './items.ts';
import { badField, check, customCallItem, functionCallItem, json, messageItem, outputItem, reasoningItem } from './schema.ts';

/**
 * The `input` list as messages. Neighbouring items of the model (reasoning, message, calls, and what it or the client did with
 * hosted tools) become one assistant message with its parts in order; each tool output is a `tool` message.
 * Throws the `GatewayError` of a bad field.
 */
export function readInput(items: unknown[]): Message[] {
  const reader = new InputReader();
  for (const [index, item] of items.entries()) reader.add(item, `input[${index}]`);
  return reader.messages;
}

class InputReader {
  readonly messages: Message[] = [];
  readonly #calls = new Map<string, ToolCallPart>();

  add(value: unknown, path: string): void {
    if (!isObject(value)) throw badField(path, 'must be an item object');
    const kind = value.type ?? (value.role ? 'message' : value.id ? 'item_reference' : undefined);
    if (typeof kind !== 'string') throw badField(`${path}.type`, kind === undefined ? 'is required' : 'must be a string');
    switch (kind) {
      case 'message':
        this.#message(value, path);
        return;
      case 'function_call':
        check(functionCallItem, value, path);
        this.#call(functionCallPart(value));
        return;
      case 'custom_tool_call':
        check(customCallItem, value, path);
        this.#call(customCallPart(value));
        return;
      case 'function_call_output':
      case 'custom_tool_call_output':
        this.#output(value, path);
        return;
      case 'reasoning':
        check(reasoningItem, value, path);
        this.#reasoning(value);
        return;
      case 'image_generation_call':
        this.#turn(generatedImage(value) ?? serverPart(value));
        return;
      // Their tools are read with the request's own.
      case ADDED_TOOLS:
        return;
      default:
        this.#turn({ ...serverPart(value), name: kind });
        return;
    }
  }

  #message(raw: JsonObject, path: string): void {
    const { role, content } = check(messageItem, raw, path);
    const parts = contentParts(content, path);
    const item = leftovers(raw, ['role', 'content']) ?? {};
    const marks = { item, string: typeof content === 'string' || undefined };
    if (role === 'assistant') {
      this.#turn(...assistantParts(parts, marks));
      return;
    }
    this.messages.push({ role, content: parts, ...keep(marks) });
  }

  #call(part: ToolCallPart): void {
    this.#calls.set(part.id, part);
    this.#turn(part);
  }

  /** A reasoning item may be the bearer of a call's signature: then it is no reasoning, and the call gets its proof back. */
  #reasoning(raw: JsonObject): void {
    const borne = openCallSignature(raw.encrypted_content);
    if (!borne) {
      this.#turn(reasoningPart(raw));
      return;
    }
    const call = this.#calls.get(borne.callId);
    if (call) call.signature = borne.signature;
  }

  #output(raw: JsonObject, path: string): void {
    const { call_id: callId, output } = check(outputItem, raw, path);
    const name = this.#calls.get(callId)?.name;
    const part: ToolResultPart = {
      type: 'tool-result',
      callId,
      ...(name === undefined ? {} : { name }),
      content: toolOutput(output, path),
      ...(raw.type === 'custom_tool_call_output' ? { kind: 'custom' } : {}),
      ...keep({ item: leftovers(raw, ['call_id', 'output']), list: typeof output !== 'string' || undefined }),
    };
    this.messages.push({ role: 'tool', content: [part] });
  }

  #turn(...parts: ContentPart[]): void {
    const last = this.messages.at(-1);
    if (last?.role === 'assistant') last.content.push(...parts);
    else this.messages.push({ role: 'assistant', content: parts });
  }
}

function contentParts(content: string | object[], path: string): InputContent[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return content.map((part, index) => readContentPart(json(part), `${path}.content[${index}]`));
}

/** The first part carries the item; the others say that they go on in it. A message without content still is one. */
function assistantParts(parts: InputContent[], marks: JsonObject): InputContent[] {
  if (parts.length === 0) return [{ type: 'text', text: '', ...keep({ ...marks, empty: true }) }];
  return parts.map((part, index) => ({ ...part, ...keep({ ...kept(part), ...(index === 0 ? marks : { with: true }) }) }));
}

function toolOutput(output: string | object[], path: string): ToolResultContent[] {
  if (typeof output === 'string') return [{ type: 'text', text: output }];
  return output.map((raw, index) => {
    const part = readContentPart(json(raw), `${path}.output[${index}]`);
    if (part.type === 'server' || part.type === 'refusal')
      throw badField(`${path}.output[${index}].type`, `'${String(json(raw).type)}' is not a kind of tool output`);
    return part;
  });
}
