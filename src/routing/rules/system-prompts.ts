import type { RulesConfig } from '../../config/rules.ts';
import type { ContentPart, Message } from '../../conversation/content.ts';
import type { ChatRequest } from '../../conversation/request.ts';
import { keep, kept } from '../../dialects/openai-responses/extension.ts';

type Rule = RulesConfig['systemPrompts'][number];

/**
 * Adds the text of the rules that `wanted` lets through to the request's system prompt, in the order of the config; the same object
 * when there is none. Existing system text keeps its words, its order and its cache marks: what is prepended stands before all of
 * it, what is appended after the last of it, so that nothing before a cache mark changes but by a text that is the same each time.
 */
export function withSystemPrompts(request: ChatRequest, rules: readonly Rule[], wanted: (rule: Rule) => boolean): ChatRequest {
  let messages = request.messages;
  for (const position of ['prepend', 'append'] as const) {
    const texts = rules.filter((rule) => rule.position === position && wanted(rule)).map(({ text }) => text);
    if (texts.length > 0) messages = added(messages, texts.join('\n\n'), position, request.dialect);
  }
  return messages === request.messages ? request : { ...request, messages };
}

function added(messages: readonly Message[], text: string, position: Rule['position'], dialect: ChatRequest['dialect']): Message[] {
  const at = placeOf(messages, position, dialect);
  const message = messages[at];
  if (!message) return [systemMessage(text, dialect), ...messages];
  // A named system message is an example turn (OpenAI cookbook, `example_user`): its text is not ours to lengthen.
  if (message.name !== undefined) return messages.toSpliced(position === 'prepend' ? at : at + 1, 0, systemMessage(text, dialect));
  return messages.with(at, { ...message, content: joined(message.content, text, position, dialect) });
}

/** The message that holds the system prompt's first or last words; -1 when the client gave none. */
function placeOf(messages: readonly Message[], position: Rule['position'], dialect: ChatRequest['dialect']): number {
  // System items in a Responses input belong to the conversation, which is stored and grows; `instructions` are told anew each time.
  if (dialect === 'openai-responses') return messages.findIndex((message) => kept(message).instructions === true);
  const first = messages.findIndex(({ role }) => role !== 'system' && role !== 'developer');
  const leading = first < 0 ? messages.length : first;
  return position === 'prepend' ? Math.min(0, leading - 1) : leading - 1;
}

function systemMessage(text: string, dialect: ChatRequest['dialect']): Message {
  const instructions = dialect === 'openai-responses' ? keep({ instructions: true }) : {};
  return { role: 'system', content: [{ type: 'text', text }], ...instructions };
}

function joined(content: readonly ContentPart[], text: string, position: Rule['position'], dialect: ChatRequest['dialect']): ContentPart[] {
  const part: ContentPart = { type: 'text', text };
  const first = position === 'prepend';
  const at = first ? 0 : content.length - 1;
  const neighbour = content[at];
  if (neighbour && isOneString(dialect) && isPlain(neighbour)) {
    return content.with(at, { ...neighbour, text: first ? `${text}\n\n${neighbour.text}` : `${neighbour.text}\n\n${text}` });
  }
  return first ? [part, ...content] : [...content, part];
}

/** Chat hosts with a simple prompt template take one system message with a string; Anthropic and Gemini have lists of their own. */
function isOneString(dialect: ChatRequest['dialect']): boolean {
  return dialect === 'openai-chat' || dialect === 'openai-responses';
}

function isPlain(part: ContentPart): part is Extract<ContentPart, { type: 'text' }> {
  return part.type === 'text' && part.cache === undefined && part.extensions === undefined && part.signature === undefined;
}
