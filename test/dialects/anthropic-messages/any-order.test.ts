import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContentPart, Message } from '../../../src/conversation/content.ts';
import { asArray, asObject, isObject, type JsonObject, parseJson } from '../../../src/conversation/json.ts';
import type { StreamEvent } from '../../../src/conversation/stream-event.ts';
import { anthropicMessages } from '../../../src/dialects/anthropic-messages/index.ts';
import { chat, eventsIn, finalMessage, readContext, stream, write } from './support.ts';

const opening: Record<'text' | 'call' | 'thought', (part: number) => ContentPart> = {
  text: () => ({ type: 'text', text: '' }),
  call: (part) => ({ type: 'tool-call', id: `c${part}`, name: 'go', arguments: '' }),
  thought: () => ({ type: 'reasoning', text: '' }),
};

/** A stream of parts whose events are interleaved in any order that our stream allows. */
const streams = fc.array(fc.tuple(fc.constantFrom('text', 'call', 'thought'), fc.nat(3), fc.boolean()), { maxLength: 6 }).chain((parts) => {
  const tracks = parts.map(([kind, deltas, ends], part): StreamEvent[] => [
    { type: 'part-start', choice: 0, part, content: opening[kind](part) },
    ...Array.from({ length: deltas }, (_, at): StreamEvent => {
      const text = kind === 'call' ? (at === 0 ? '{}' : ' ') : `<${part}.${at}>`;
      return { type: 'part-delta', part, delta: { type: kind === 'call' ? 'arguments' : 'text', text } };
    }),
    ...(ends ? [{ type: 'part-end', part } as const] : []),
  ]);
  const picks = tracks.reduce((sum, track) => sum + track.length, 0);
  return fc.array(fc.nat(), { minLength: picks, maxLength: picks }).map((order) => interleave(tracks, order));
});

function interleave(tracks: StreamEvent[][], order: number[]): StreamEvent[] {
  const rest = tracks.map((track) => [...track]);
  const events: StreamEvent[] = [];
  for (const pick of order) {
    const open = rest.filter((track) => track.length > 0);
    const event = open[pick % open.length]?.shift();
    if (event) events.push(event);
  }
  return events;
}

describe('whatever the order', () => {
  it('blocks are in sequence, and the SDK gets every call and every text', async () => {
    await fc.assert(
      fc.asyncProperty(streams, async (events) => {
        const text = stream([{ type: 'start' }, ...events]);
        const indexes = eventsIn(text).map(({ data }) => asObject(parseJson(data)) ?? {});
        let open: unknown;
        let next = 0;
        for (const { type, index } of indexes) {
          if (type === 'content_block_start') {
            expect([open, index]).toEqual([undefined, next++]);
            open = index;
          } else if (index !== undefined) expect(index).toBe(open);
          if (type === 'content_block_stop') open = undefined;
        }
        const { content } = await finalMessage(text);
        const started = events.filter((event) => event.type === 'part-start' && event.content.type === 'tool-call');
        expect(content.filter((block) => block.type === 'tool_use')).toHaveLength(started.length);
        const gathered = JSON.stringify(content);
        for (const event of events) {
          if (event.type === 'part-delta' && event.delta.type === 'text') expect(gathered).toContain(event.delta.text);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a stream of any events never throws the reader, and never ends in a finish without its stop', () => {
    const types = ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'ping', 'x'];
    const item = fc.record({
      type: fc.constantFrom(...types),
      index: fc.option(fc.nat(2)),
      message: fc.jsonValue(),
      delta: fc.oneof(fc.jsonValue(), fc.record({ type: fc.constantFrom('text_delta', 'input_json_delta'), text: fc.jsonValue() })),
      content_block: fc.oneof(
        fc.jsonValue(),
        fc.record({ type: fc.constantFrom('text', 'tool_use', 'server_tool_use'), input: fc.jsonValue() }),
      ),
      usage: fc.jsonValue(),
    });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 12 }), (items) => {
        const reader = anthropicMessages.streamReader(readContext(chat()));
        const out = [...items.flatMap((data) => reader.push({ data: JSON.stringify(data) })), ...reader.end()];
        expect(out.filter((event) => event.type === 'finish')).toEqual([]);
        expect(out.at(-1)?.type).toBe('error');
      }),
    );
  });

  it('turns alternate, begin with the user’s, and every call has its one result right behind it', () => {
    const part: fc.Arbitrary<ContentPart> = fc.oneof(
      fc.constantFrom('', ' ', 'words').map((text): ContentPart => ({ type: 'text', text })),
      fc.nat(3).map((id): ContentPart => ({ type: 'tool-result', callId: `c${id}`, content: [] })),
    );
    const message = (at: number): fc.Arbitrary<Message> =>
      fc.oneof(
        fc.record({ role: fc.constantFrom('user', 'system', 'tool'), content: fc.array(part, { maxLength: 3 }) }),
        fc.boolean().map(
          (calls): Message => ({
            role: 'assistant',
            content: [
              { type: 'text', text: 'a' },
              ...(calls ? [{ type: 'tool-call', id: `c${at}`, name: 'go', arguments: '' } as const] : []),
            ],
          }),
        ),
      );
    fc.assert(
      fc.property(fc.tuple(message(0), message(1), message(2), message(3)), (messages) => {
        const turns = asArray(write(chat({ messages })).body.messages).filter(isObject);
        expect(turns[0]?.role).toBe('user');
        turns.forEach((turn, at) => {
          expect(turn.role).toBe(at % 2 === 0 ? 'user' : 'assistant');
          expect(idsOf(turns[at - 1], 'tool_use', 'id')).toEqual(turn.role === 'user' ? idsOf(turn, 'tool_result', 'tool_use_id') : []);
        });
        expect(idsOf(turns.at(-1), 'tool_use', 'id')).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});

function idsOf(turn: JsonObject | undefined, type: string, field: string): unknown[] {
  return asArray(turn?.content)
    .filter(isObject)
    .filter((block) => block.type === type)
    .map((block) => block[field]);
}
