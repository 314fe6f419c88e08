import { asArray, asObject, asString, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { DIALECT } from './vocabulary.ts';

/** Blocks that may carry a mark ("Prompt caching": not thinking, not empty text). */
const MARKABLE: ReadonlySet<string> = new Set(['text', 'image', 'document', 'tool_use', 'tool_result']);
const MARK: JsonObject = { type: 'ephemeral' };

/**
 * OpenAI and Gemini cache a repeated prompt by themselves, and their clients count on it; Anthropic caches only what is marked. Without marks
 * a coding agent pays the full price for the whole conversation at every step. So where a client of another dialect holds a
 * conversation or offers tools, the end of the system prompt and of the last message are marked. Writing the cache costs a quarter
 * more than plain input, reading it a tenth: a single question without tools is left alone.
 */
export function withPromptCache(body: JsonObject, request: ChatRequest): JsonObject {
  if (request.dialect === DIALECT || !isConversation(request) || isMarked(request)) return body;
  const system = typeof body.system === 'string' ? [{ type: 'text', text: body.system }] : asArray(body.system);
  const messages = asArray(body.messages);
  const last = asObject(messages.at(-1));
  return {
    ...body,
    ...(system.length > 0 ? { system: markLast(system) } : {}),
    ...(last && Array.isArray(last.content) ? { messages: [...messages.slice(0, -1), { ...last, content: markLast(last.content) }] } : {}),
  };
}

function isConversation(request: ChatRequest): boolean {
  return (request.tools?.length ?? 0) > 0 || request.messages.some(({ role }) => role === 'assistant');
}

/** A client that sets marks itself (OpenRouter's `cache_control` in chat) knows what it wants. */
function isMarked(request: ChatRequest): boolean {
  const tools = (request.tools ?? []).some((tool) => tool.type === 'function' && tool.cache !== undefined);
  return tools || request.messages.some(({ content }) => content.some(({ cache }) => cache !== undefined));
}

function markLast(blocks: Json[]): Json[] {
  const at = blocks.findLastIndex((block) => isObject(block) && MARKABLE.has(asString(block.type) ?? '') && block.text !== '');
  const block = asObject(blocks[at]);
  return block ? blocks.with(at, { ...block, cache_control: MARK }) : blocks;
}
