import type { Message } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { type BlockWriter, writeBlock } from './blocks-write.ts';
import { mergeTurns, pairResults, type Turn } from './turns.ts';
import { DIALECT, ownExtension } from './vocabulary.ts';

export interface WrittenMessages {
  system: JsonObject[];
  turns: Turn[];
}

const isSystem = (message: Message): boolean => message.role === 'system' || message.role === 'developer';

/**
 * The conversation as the API wants it: the leading system messages apart, user and assistant in turn, every tool result behind
 * its call. A later system message keeps its place: as such where the client placed it for this API and the model takes it, else
 * as user text inside `<system>` tags.
 */
export function writeMessages(request: ChatRequest, writer: BlockWriter): WrittenMessages {
  const first = request.messages.findIndex((message) => !isSystem(message));
  const leading = first < 0 ? request.messages : request.messages.slice(0, first);
  const system = leading.flatMap((message) => blocksOf(message, 'user', writer));
  const rest = first < 0 ? [] : request.messages.slice(first);
  const keepSystem = request.dialect === DIALECT && writer.traits.systemTurns;
  const turns = rest.map((message) => (isSystem(message) ? systemTurn(message, keepSystem, writer) : plainTurn(message, writer)));
  return { system, turns: opened(pairResults(mergeTurns(turns), writer.warn)) };
}

function plainTurn(message: Message, writer: BlockWriter): Turn {
  const role = message.role === 'assistant' ? 'assistant' : 'user';
  return { role, content: blocksOf(message, role, writer), ...extraOf(message) };
}

function systemTurn(message: Message, keep: boolean, writer: BlockWriter): Turn {
  const content = blocksOf(message, 'user', writer);
  if (keep) return { role: 'system', content, ...extraOf(message) };
  return { role: 'user', content: content.map(wrapped) };
}

function extraOf(message: Message): { extra?: JsonObject } {
  const extra = ownExtension(message);
  return Object.keys(extra).length > 0 ? { extra } : {};
}

const wrapped = (block: JsonObject): JsonObject =>
  block.type === 'text' ? { ...block, text: `<system>\n${String(block.text)}\n</system>` } : block;

function blocksOf(message: Message, role: 'user' | 'assistant', writer: BlockWriter): JsonObject[] {
  return message.content.map((part) => writeBlock(part, role, writer)).filter((block) => block !== undefined);
}

/** The first turn must be the user's. */
function opened(turns: Turn[]): Turn[] {
  const [first] = turns;
  if (first?.role === 'user') return turns;
  return [{ role: 'user', content: [{ type: 'text', text: first ? '(The conversation begins here.)' : 'Please begin.' }] }, ...turns];
}

/**
 * A last assistant turn is a beginning to be continued (prefill). Its trailing white space is refused ("final assistant content
 * cannot end with trailing whitespace"), and newer models and thinking refuse the whole: then the user asks to go on.
 */
export function finishTurns(turns: Turn[], prefill: boolean, warn: (message: string) => void): Turn[] {
  const last = turns.at(-1);
  const block = last?.content.at(-1);
  // A turn that ends in a server's block is one the vendor paused: it goes back as it is.
  if (last?.role !== 'assistant' || block?.type !== 'text') return turns;
  if (!prefill) {
    warn('This model cannot continue an answer that has begun; it was asked to go on instead.');
    return [...turns, { role: 'user', content: [{ type: 'text', text: 'Please continue.' }] }];
  }
  const trimmed = { ...block, text: String(block.text).trimEnd() };
  return [...turns.slice(0, -1), { ...last, content: [...last.content.slice(0, -1), trimmed] }];
}

/** A turn as it stands in `messages`. */
export const writeTurn = ({ role, content, extra }: Turn): JsonObject => ({ role, content, ...extra });
