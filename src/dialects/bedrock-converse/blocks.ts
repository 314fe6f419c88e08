import { Buffer } from 'node:buffer';
import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import { serverText } from '../anthropic-messages/server-text.ts';
import { fitId } from '../shared/tool-ids.ts';

/** Turns the blocks of an Anthropic request, whose order and pairing are the same here, into those of Converse. */
export class ConverseBlocks {
  readonly #caches: boolean;
  readonly #warn: (message: string) => void;
  #documents = 0;

  /** `caches`: whether the model knows cache points; others refuse them. */
  constructor(caches: boolean, warn: (message: string) => void) {
    this.#caches = caches;
    this.#warn = warn;
  }

  /** The content of a turn. A document must stand beside a text. */
  content(blocks: readonly JsonObject[]): JsonObject[] {
    const content = blocks.flatMap((block) => this.withCache(block, this.#block(block)));
    const lonely = content.some((block) => block.document) && !content.some((block) => block.text);
    return lonely ? [...content, { text: 'The document is attached.' }] : content;
  }

  /** The block and, where it carries a cache mark, a cache point behind it. */
  withCache(block: JsonObject, written: JsonObject | undefined): JsonObject[] {
    if (!written) return [];
    const control = asObject(block.cache_control);
    if (!control || !this.#caches) return [written];
    const ttl = asString(control.ttl);
    return [written, { cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } }];
  }

  #block(block: JsonObject): JsonObject | undefined {
    switch (block.type) {
      case 'text':
        return { text: block.text };
      case 'image':
        return this.#image(asObject(block.source));
      case 'document':
        return this.#document(asObject(block.source), asString(block.title));
      case 'tool_use':
        return { toolUse: { toolUseId: toolUseId(block.id), name: block.name, input: block.input ?? {} } };
      case 'tool_result':
        return { toolResult: this.#result(block) };
      case 'thinking':
        return { reasoningContent: { reasoningText: { text: block.thinking, signature: block.signature } } };
      case 'redacted_thinking':
        return { reasoningContent: { redactedContent: block.data } };
      default:
        return this.#readable(block);
    }
  }

  /** What only the Messages API knows, as text where it can be read (search results in a tool's result), else left out. */
  #readable(block: JsonObject): JsonObject | undefined {
    const text = serverText(block);
    if (text?.trim()) return { text };
    this.#warn(`An earlier ${String(block.type)} was left out: Bedrock's Converse API has no such block.`);
    return undefined;
  }

  #image(source: JsonObject | undefined): JsonObject | undefined {
    const format = asString(source?.media_type)?.split('/')[1];
    if (source?.type === 'base64' && format !== undefined) return { image: { format, source: { bytes: source.data } } };
    this.#warn('An image given by its address was left out: Bedrock takes the bytes only.');
    return undefined;
  }

  #document(source: JsonObject | undefined, title: string | undefined): JsonObject | undefined {
    const bytes = source?.type === 'text' ? Buffer.from(asString(source.data) ?? '').toString('base64') : asString(source?.data);
    if (bytes === undefined) {
      this.#warn('A document given by its address was left out: Bedrock takes the bytes only.');
      return undefined;
    }
    this.#documents += 1;
    return { document: { format: source?.type === 'text' ? 'txt' : 'pdf', name: documentName(title, this.#documents), source: { bytes } } };
  }

  #result(block: JsonObject): JsonObject {
    const given: Json[] = typeof block.content === 'string' ? [{ type: 'text', text: block.content }] : asArray(block.content);
    const content = given
      .filter(isObject)
      .map((item) => this.#block(item))
      .filter((item) => item !== undefined);
    return {
      toolUseId: toolUseId(block.tool_use_id),
      content: content.length > 0 ? content : [{ text: '(no output)' }],
      ...(block.is_error === true ? { status: 'error' } : {}),
    };
  }
}

/** `[a-zA-Z0-9_-]+`, at most 64 (ToolUseBlock). */
const toolUseId = (id: Json | undefined): string => fitId(String(id), /^[a-zA-Z0-9_-]{1,64}$/, (hash) => `tooluse_${hash.slice(0, 24)}`);

/** Letters, digits, single spaces, hyphens, brackets (DocumentBlock); names must differ within a request. */
function documentName(title: string | undefined, number: number): string {
  const plain = (title ?? 'document')
    .replace(/[^a-zA-Z0-9\s\-()[\]]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 180);
  return `${plain || 'document'} (${number})`;
}
