import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { eventPieces } from '../upstream/bytes.ts';
import { ANSWER_TYPE, EVENTS_TYPE, unexplained } from './body-types.ts';
import { answers, type ChatRecording, unhurried } from './expected.ts';
import { type House, house } from './house.ts';
import { rawAsk } from './raw.ts';
import { DIALECTS } from './target.ts';
import { type NamedBody, typeErrors } from './vendor-types.ts';

/** What we write for a client of another dialect than the provider's, judged by the types of the client's own SDK. */
describe.each(DIALECTS)('answers of the other dialects, written for %s', (to) => {
  let at: House;
  beforeAll(async () => {
    at = await house();
  });
  afterAll(() => at.close());

  it('are valid by the vendor’s own types', { timeout: 120_000 }, async () => {
    expect(unexplained(await typeErrors(ANSWER_TYPE[to], await written(at, to, false)))).toEqual([]);
  });

  it('are valid event by event', { timeout: 120_000 }, async () => {
    expect(unexplained(await typeErrors(EVENTS_TYPE[to], await written(at, to, true)))).toEqual([]);
  });
});

async function written(at: House, to: ClientDialectId, stream: boolean): Promise<NamedBody[]> {
  const bodies: NamedBody[] = [];
  for (const recording of answers()) {
    if (recording.format === to || recording.features.includes('stream-error')) continue;
    const text = await answered(at, recording, to, stream);
    if (text === undefined) continue;
    if (stream) bodies.push(...inPieces(recording.file, eventsIn(text)));
    else bodies.push({ name: recording.file, body: JSON.parse(text) as object });
  }
  return bodies;
}

/** The compiler gives up on lists of more than some thousand objects (TS2590). */
const MOST_EVENTS = 500;

function inPieces(name: string, events: object[]): NamedBody[] {
  return Array.from({ length: Math.ceil(events.length / MOST_EVENTS) }, (_, at) => ({
    name: `${name}#${at}`,
    body: events.slice(at * MOST_EVENTS, (at + 1) * MOST_EVENTS),
  }));
}

async function answered(at: House, recording: ChatRecording, to: ClientDialectId, stream: boolean): Promise<string | undefined> {
  await at.ready();
  at.provider.always(unhurried(recording));
  const response = await rawAsk(to, { target: at.target, model: at.model(recording.format, recording.model), stream });
  const text = await response.text();
  expect(at.provider.seen.length, `asked for ${recording.file}`).toBeGreaterThan(0);
  at.provider.reset();
  return response.status === 200 ? text : undefined;
}

function eventsIn(sse: string): object[] {
  return eventPieces(sse).flatMap((piece) => {
    const data = /^data: (\{.*)$/m.exec(piece)?.[1];
    return data === undefined ? [] : [JSON.parse(data) as object];
  });
}
