import type { JsonObject } from '../../conversation/json.ts';
import type { ChatResponse, Finish } from '../../conversation/response.ts';
import type { ReplyContext } from '../dialect.ts';
import { answerBlocks } from './answer-write.ts';
import { writeStop } from './stop.ts';
import { writeMessageUsage } from './usage.ts';
import { DIALECT } from './vocabulary.ts';

/** A whole answer as the SDK's `Message`: every field of the type is there, what is unknown as null. */
export function writeResponse(response: ChatResponse, context: ReplyContext): JsonObject {
  const [choice, ...others] = response.choices;
  if (others.length > 0) context.warn('Only the first choice was sent: this dialect has one.');
  const parts = choice?.content ?? [];
  const finish: Finish = choice?.finish ?? { reason: 'other' };
  const called = parts.some((part) => part.type === 'tool-call');
  const refused = parts.some((part) => part.type === 'refusal');
  return {
    id: messageId(response.id, context),
    type: 'message',
    role: 'assistant',
    model: response.model ?? context.model,
    content: parts.flatMap((part) => answerBlocks(part, context.warn)),
    ...writeStop(finish, called, refused),
    usage: writeMessageUsage(response.usage),
    container: null,
    diagnostics: null,
    ...response.extensions?.[DIALECT],
  };
}

/** Clients tell an id's kind by its prefix; another vendor's id is kept behind it. */
export function messageId(id: string | undefined, context: ReplyContext): string {
  if (id === undefined) return `msg_${context.newId()}`;
  return id.startsWith('msg_') ? id : `msg_${id}`;
}
