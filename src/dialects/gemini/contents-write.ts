import type { Message, ToolResultPart } from '../../conversation/content.ts';
import type { JsonObject } from '../../conversation/json.ts';
import { withKept } from './fields.ts';
import { type Writing, writePart } from './part-write.ts';
import { writeResult } from './result-write.ts';
import { addMissingSignatures } from './signature-write.ts';
import { Turns } from './turns.ts';

/** `systemInstruction` and `contents` of a conversation. */
export function writeConversation(writing: Writing): JsonObject {
  const { system, rest } = splitSystem(writing.request.messages);
  const instruction = system.flatMap((message) => message.content.flatMap((part) => writePart(part, writing)));
  const contents = writing.own ? ownContents(rest, writing) : foreignContents(rest, writing);
  addMissingSignatures(contents, writing.family);
  if (instruction.length === 0) return { contents: opened(contents, []) };
  // Contents may not be empty: a request of system messages alone asks for what they say.
  if (contents.length === 0) return { contents: opened(contents, instruction) };
  return { systemInstruction: withKept({ parts: instruction }, writing.own ? system[0]?.extensions?.gemini : undefined), contents };
}

function isSystem(message: Message): boolean {
  return message.role === 'system' || message.role === 'developer';
}

function splitSystem(messages: Message[]): { system: Message[]; rest: Message[] } {
  const first = messages.findIndex((message) => !isSystem(message));
  return first < 0 ? { system: messages, rest: [] } : { system: messages.slice(0, first), rest: messages.slice(first) };
}

function opened(contents: JsonObject[], instruction: JsonObject[]): JsonObject[] {
  if (contents.length > 0) return contents;
  return [{ role: 'user', parts: instruction.length > 0 ? instruction : [{ text: 'Continue.' }] }];
}

/** A Gemini client's turns, one for one. */
function ownContents(messages: Message[], writing: Writing): JsonObject[] {
  return messages.map((message) => {
    const role = message.role === 'assistant' ? 'model' : 'user';
    const parts = message.content.flatMap((part) =>
      part.type === 'tool-result' ? writeResult(part, writing).parts : writePart(part, writing),
    );
    return { role, parts, ...message.extensions?.gemini };
  });
}

/**
 * Turns of another dialect: neighbours of one side merged, results directly after their calls, none missing, none without a call
 * ("the number of function response parts must be equal to the number of function call parts of the function call turn").
 */
function foreignContents(messages: Message[], writing: Writing): JsonObject[] {
  const turns = new Turns(callNames(messages), writing);
  for (const message of messages) {
    if (message.role === 'assistant') writeModelSide(message, turns, writing);
    else writeUserSide(message, turns, writing);
  }
  return turns.contents();
}

function writeModelSide(message: Message, turns: Turns, writing: Writing): void {
  const calls = message.content.flatMap((part) => (part.type === 'tool-call' ? [part.id] : []));
  turns.model(
    message.content.flatMap((part) => writePart(part, writing)),
    calls,
  );
}

function writeUserSide(message: Message, turns: Turns, writing: Writing): void {
  const results = message.content.filter((part): part is ToolResultPart => part.type === 'tool-result');
  for (const result of results) turns.result(result);
  turns.user(message.content.flatMap((part) => writePart(part, writing)));
}

function callNames(messages: Message[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const message of messages) {
    for (const part of message.content) if (part.type === 'tool-call') names.set(part.id, part.name);
  }
  return names;
}
