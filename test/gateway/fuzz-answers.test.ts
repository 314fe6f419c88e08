import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Collector, eventsOf } from '../../src/conversation/collect.ts';
import { CLIENT_DIALECTS, type ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { asObject, type JsonObject } from '../../src/conversation/json.ts';
import type { ChatRequest } from '../../src/conversation/request.ts';
import type { StreamEvent } from '../../src/conversation/stream-event.ts';
import type { ReadContext, ReplyContext } from '../../src/dialects/dialect.ts';
import { clientDialect } from '../../src/dialects/registry.ts';
import { answers } from '../sdk/expected.ts';
import { PROMPTS } from '../sdk/prompts.ts';
import { eventPieces } from '../upstream/bytes.ts';
import { mutatedBody } from './mutations.ts';

const RUNS = { numRuns: 1200, seed: 20260103 };

/** A vendor's new field, missing field or plain nonsense must not break the reader nor any writer behind it. */
describe.each(CLIENT_DIALECTS)('any answer of %s', (from) => {
  it('that comes whole is read or refused, and what is read can be written for everyone', { timeout: 120_000 }, () => {
    const bodies = answers(from).map(({ response }) => asObject(response.body) ?? {});
    fc.assert(
      fc.property(mutatedBody(bodies), (body) => {
        const read = clientDialect(from).readResponse(body, context(from));
        clientDialect(from).sanitizeResponse(body);
        if (!read.ok) return;
        for (const to of CLIENT_DIALECTS) {
          clientDialect(to).writeResponse(read.value, context(to));
          written(to, [...eventsOf(read.value)]);
        }
      }),
      RUNS,
    );
  });

  it('that comes as a stream is read or refused, and what is read can be written for everyone', { timeout: 120_000 }, () => {
    const streams = answers(from)
      .filter(({ response }) => (response.sse?.length ?? 0) > 0 && (response.sse?.length ?? 0) < 20_000)
      .map(({ response }) => ({ events: eventPieces(response.sse ?? '').flatMap(parsedEvent) }));
    fc.assert(
      fc.property(mutatedBody(streams as unknown as JsonObject[]), (stream) => {
        const events = readAll(from, stream);
        for (const to of CLIENT_DIALECTS) written(to, events);
        const collector = new Collector(from);
        for (const event of events) collector.push(event);
        collector.result();
      }),
      RUNS,
    );
  });
});

/** What the reader makes of the events; every part it begins it also ends, unless it ends in an error. */
function readAll(from: ClientDialectId, stream: JsonObject): StreamEvent[] {
  const reader = clientDialect(from).streamReader(context(from));
  const given = Array.isArray(stream.events) ? stream.events : [];
  const events = given.flatMap((entry) => {
    const event = asObject(entry);
    const data = event?.data === undefined ? 'not JSON' : JSON.stringify(event.data);
    return reader.push({ data, ...(typeof event?.event === 'string' ? { event: event.event } : {}) });
  });
  const all = [...events, ...reader.end()];
  const failed = all.some(({ type }) => type === 'error');
  const open = new Set<number>();
  for (const event of all) {
    if (event.type === 'part-start') open.add(event.part);
    if (event.type === 'part-end') open.delete(event.part);
  }
  if (!failed) expect([...open]).toEqual([]);
  return all;
}

function written(to: ClientDialectId, events: StreamEvent[]): void {
  const writer = clientDialect(to).streamWriter(context(to));
  for (const event of events) writer.push(event);
  writer.end();
}

function parsedEvent(piece: string): JsonObject[] {
  const data = /^data: ?(\{.*)$/m.exec(piece)?.[1];
  const event = /^event: ?(\S+)/m.exec(piece)?.[1];
  return data === undefined ? [] : [{ data: JSON.parse(data) as JsonObject, ...(event ? { event } : {}) }];
}

function context(dialect: ClientDialectId): ReadContext & ReplyContext {
  return { request: requestOf(dialect), model: 'model', warn: () => {}, now: () => 1_700_000_000_000, newId: () => 'id' };
}

function requestOf(dialect: ClientDialectId): ChatRequest {
  const read = clientDialect(dialect).readRequest({ model: 'model', ...PROMPTS[dialect] }, { model: 'model', stream: true });
  if (!read.ok) throw read.error;
  return read.value;
}
