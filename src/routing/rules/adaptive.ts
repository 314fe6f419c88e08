import type { ContentPart, Message } from '../../conversation/content.ts';
import type { ChatRequest, ReasoningEffort } from '../../conversation/request.ts';

/** Words of tasks that are worth thinking about, in what the user asked last. */
const HARD_TASK =
  /\b(?:plan|design|architect(?:ure)?|debug|refactor|prove|proof|derive|analy[sz]e|investigate|optimi[sz]e|diagnose|root cause|trade-?offs?|algorithm|deadlock|race condition|security review|why (?:does|is|do|are|did))\b/i;
/** Looked through for such words; a pasted log behind them says nothing about the task. */
const TASK_CHARACTERS = 4000;
const LONG_TASK = 1500;
/** About 30,000 tokens. */
const LONG_CONVERSATION = 120_000;

/**
 * The effort that fits a request, never above `high` and never none. Points: +2 for a word of `HARD_TASK` in the user's last turn,
 * +1 for a long one, +1 for tools on offer, +1 for a long conversation; -2 when the last message answers a tool call, since most of
 * those steps only carry on. 0 or less: low; 1 or 2: medium; 3 or more: high.
 */
export function adaptiveEffort(request: ChatRequest): ReasoningEffort {
  const task = lastTask(request.messages);
  let points = 0;
  if (HARD_TASK.test(task.slice(0, TASK_CHARACTERS))) points += 2;
  if (task.length > LONG_TASK) points += 1;
  if ((request.tools?.length ?? 0) > 0) points += 1;
  if (isLong(request.messages)) points += 1;
  if (isResult(request.messages.at(-1))) points -= 2;
  if (points <= 0) return 'low';
  return points <= 2 ? 'medium' : 'high';
}

/** What the user typed last. Clients put reminders of their own beside it as text of the same turn: they count, being rarely long. */
function lastTask(messages: readonly Message[]): string {
  const turn = messages.findLast(({ role, content }) => role === 'user' && content.some((part) => part.type === 'text'));
  return (turn?.content ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('\n');
}

function isResult(message: Message | undefined): boolean {
  return message?.content.some((part) => part.type === 'tool-result') ?? false;
}

function isLong(messages: readonly Message[]): boolean {
  let size = 0;
  for (const { content } of messages) {
    for (const part of content) size += sizeOf(part);
    if (size > LONG_CONVERSATION) return true;
  }
  return false;
}

function sizeOf(part: ContentPart): number {
  switch (part.type) {
    case 'text':
    case 'refusal':
    case 'reasoning':
      return part.text.length;
    case 'tool-call':
      return part.arguments.length;
    case 'tool-result':
      return part.content.reduce((sum, inner) => sum + sizeOf(inner), 0);
    case 'file':
      return part.text?.length ?? 0;
    case 'image':
    case 'audio':
    case 'server':
      return 0;
  }
}
