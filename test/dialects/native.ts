import { Collector } from '../../src/conversation/collect.ts';
import type { GatewayError, Parsed } from '../../src/conversation/error.ts';
import { isObject } from '../../src/conversation/json.ts';
import type { ChatRequest } from '../../src/conversation/request.ts';
import type { ChatResponse } from '../../src/conversation/response.ts';
import type { StreamEvent } from '../../src/conversation/stream-event.ts';
import type { ProviderDialect, ReadContext, SseEvent } from '../../src/dialects/dialect.ts';
import { NdjsonFraming, SseFraming } from '../../src/upstream/framing.ts';
import type { Recording } from '../recordings.ts';

/** For dialects that only providers speak: their recordings read as the gateway reads them. */

export const chat = (parts: Partial<ChatRequest> = {}): ChatRequest => ({
  dialect: 'openai-chat',
  model: 'any',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }],
  sampling: {},
  stream: false,
  ...parts,
});

export const context = (request = chat()): ReadContext => ({ request, model: 'm', now: () => 0, newId: () => 'new' });

/** The events of a recorded stream, in the framing of its kind. */
export function sseEvents({ response }: Recording): SseEvent[] {
  const framing = response.ndjson === undefined ? new SseFraming() : new NdjsonFraming();
  return [...framing.push(new TextEncoder().encode(response.ndjson ?? response.sse ?? '')), ...framing.end()];
}

/** All our events for these of the vendor's; `ended` false leaves the connection's end out. */
export function readAll(dialect: ProviderDialect, events: readonly SseEvent[], read = context()): StreamEvent[] {
  const reader = dialect.streamReader(read);
  return [...events.flatMap((event) => reader.push(event)), ...reader.end()];
}

/** The recorded answer, gathered from its stream where it is one. */
export function answerOf(dialect: ProviderDialect, recording: Recording, read = context()): Parsed<ChatResponse> {
  const { body } = recording.response;
  if (isObject(body)) return dialect.readResponse(body, read);
  const collector = new Collector(dialect.id);
  for (const event of readAll(dialect, sseEvents(recording), read)) collector.push(event);
  return collector.result();
}

/** What is wrong with the order of these events (see StreamEvent); empty when nothing is. */
export function orderProblems(events: readonly StreamEvent[]): string[] {
  const problems: string[] = [];
  const open = new Set<number>();
  let parts = 0;
  let over: 'finish' | 'error' | undefined;
  events.forEach((event, at) => {
    if ((event.type === 'start') !== (at === 0) && event.type !== 'error') problems.push(`${event.type} at ${at}`);
    if (over === 'error' || (over === 'finish' && event.type !== 'usage')) problems.push(`${event.type} after ${over}`);
    if (event.type === 'part-start' && event.part !== parts++) problems.push(`part ${event.part} out of turn`);
    if (event.type === 'part-start') open.add(event.part);
    if (event.type === 'part-delta' && !open.has(event.part)) problems.push(`delta of closed part ${event.part}`);
    if (event.type === 'part-end' && !open.delete(event.part)) problems.push(`end of closed part ${event.part}`);
    if (event.type === 'finish' && open.size > 0) problems.push('finish with open parts');
    if (event.type === 'finish' || event.type === 'error') over = event.type;
  });
  if (over === undefined) problems.push('no end');
  return problems;
}

/** The error that ends these events, if one does. */
export function errorIn(events: readonly StreamEvent[]): GatewayError | undefined {
  const last = events.at(-1);
  return last?.type === 'error' ? last.error : undefined;
}
