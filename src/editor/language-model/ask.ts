import { randomUUID } from 'node:crypto';
import { createParser } from 'eventsource-parser';
import { parseJson } from '../../conversation/json.ts';
import type { FunctionTool } from '../../conversation/request.ts';
import type { StreamEvent } from '../../conversation/stream-event.ts';
import type { ReadContext, SseEvent } from '../../dialects/dialect.ts';
import { readError } from '../../dialects/openai-responses/error.ts';
import { streamReader } from '../../dialects/openai-responses/stream-read.ts';
import { VERSION } from '../../version.ts';
import type { LinkRequest } from '../link/link.ts';
import { AnswerReader, type Piece } from './answer-reader.ts';
import { askErrorOf } from './ask-error.ts';
import { type Question, requestBody } from './request.ts';

export interface Asking extends Question {
  /** The extension that asks, as VS Code names it (`github.copilot-chat`; `core` is VS Code itself); older ones do not tell. */
  initiator: string | undefined;
  signal: AbortSignal;
}

type Send = (path: string, request: LinkRequest) => Promise<Response>;

/**
 * Asks the gateway and hands over each piece of the answer as it comes. Rejects with an AskError when it failed, with the signal's
 * reason when aborted: the request is then ended at once, which the gateway records as cancelled.
 */
export async function ask(send: Send, asking: Asking, give: (piece: Piece) => void): Promise<void> {
  const { signal } = asking;
  const response = await send('/v1/responses', { method: 'POST', body: requestBody(asking), headers: headersOf(asking), signal });
  if (!response.ok) throw await refusal(response);
  const answer = new AnswerReader();
  for await (const event of eventsOf(response, readContext(asking))) {
    for (const piece of answer.push(event)) give(piece);
  }
  signal.throwIfAborted();
  for (const piece of answer.end()) give(piece);
}

/** Who we are, and for whom; the conversation where the caller names it, so that all its turns go the same way (routing/session.ts). */
function headersOf({ initiator, options }: Asking): Record<string, string> {
  const session = options._conversationId;
  return {
    'user-agent': `OmniRoute-VSCode/${VERSION}`,
    ...(initiator ? { 'x-omniroute-initiator': initiator.replace(/[^\x21-\x7e]/g, '') } : {}),
    ...(typeof session === 'string' && /^[\x21-\x7e]{1,200}$/.test(session) ? { 'x-session-id': session } : {}),
  };
}

async function refusal(response: Response): Promise<Error> {
  const text = await response.text();
  const headers = Object.fromEntries(response.headers);
  return askErrorOf(readError(response.status, headers, parseJson(text) ?? text, [], Date.now()));
}

async function* eventsOf(response: Response, context: ReadContext): AsyncGenerator<StreamEvent> {
  const reader = streamReader(context);
  let events: SseEvent[] = [];
  const parser = createParser({ onEvent: (event) => events.push({ data: event.data, ...(event.event ? { event: event.event } : {}) }) });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    for (const event of events) yield* reader.push(event);
    events = [];
  }
  yield* reader.end();
}

/** The reader maps names of tools back; ours are as the caller gave them. */
function readContext({ model, tools }: Asking): ReadContext {
  const named = tools.map(({ name }): FunctionTool => ({ type: 'function', name }));
  return {
    request: { dialect: 'openai-responses', model, messages: [], tools: named, sampling: {}, stream: true },
    model,
    now: Date.now,
    newId: randomUUID,
  };
}
