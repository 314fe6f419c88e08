import { Collector } from '../../conversation/collect.ts';
import type { ContentPart } from '../../conversation/content.ts';
import type { Parsed } from '../../conversation/error.ts';
import type { JsonObject } from '../../conversation/json.ts';
import type { ChatResponse, Choice } from '../../conversation/response.ts';
import type { ReadContext, ReplyContext } from '../dialect.ts';
import { customInput, customToolNames } from '../shared/custom-tools.ts';
import { writeLogprobs } from './annotations.ts';
import { completionId, partFields, type WireFields } from './answer-parts.ts';
import { DIALECT } from './extensions.ts';
import { finishWord } from './finish.ts';
import { ChatStreamReader } from './stream-read.ts';
import { writeUsage } from './usage.ts';

/** A whole `chat.completion`, read as a stream of one chunk, so that both forms of an answer mean the same. */
export function readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse> {
  const reader = new ChatStreamReader(context);
  const collector = new Collector(DIALECT);
  for (const event of [...reader.pushObject(body, true), ...reader.finish()]) collector.push(event);
  return collector.result();
}

/** A `chat.completion` as the official SDK types it, plus `reasoning_content` and `images`, which its users read. */
export function writeResponse(response: ChatResponse, context: ReplyContext): JsonObject {
  const usage = writeUsage(response.usage);
  return {
    id: completionId(response.id, context),
    object: 'chat.completion',
    created: response.created ?? Math.floor(context.now() / 1000),
    model: response.model ?? context.model,
    choices: response.choices.map((choice) => writeChoice(choice, context)),
    ...(usage ? { usage } : {}),
  };
}

function writeChoice(choice: Choice, context: ReplyContext): JsonObject {
  const message: WireFields = { role: 'assistant', content: null, refusal: null };
  const custom = customToolNames(context.request);
  for (const part of choice.content) mergeFields(message, partFields(restoreCustom(part, custom), context));
  return {
    index: choice.index,
    message,
    logprobs: choice.logprobs ? writeLogprobs(choice.logprobs) : null,
    finish_reason: finishWord(choice.finish.reason, message.tool_calls !== undefined, Boolean(message.content || message.refusal)),
  };
}

function restoreCustom(part: ContentPart, custom: Set<string>): ContentPart {
  if (part.type !== 'tool-call' || part.kind === 'custom' || !custom.has(part.name)) return part;
  return { ...part, kind: 'custom', arguments: customInput(part.arguments) };
}

/** Strings follow on each other, lists too; anything else is the last one given. */
function mergeFields(message: WireFields, fields: WireFields): void {
  for (const [key, value] of Object.entries(fields)) {
    const before = message[key];
    if (typeof before === 'string' && typeof value === 'string') message[key] = before + value;
    else if (Array.isArray(before) && Array.isArray(value)) message[key] = [...before, ...value];
    else message[key] = value;
  }
}
