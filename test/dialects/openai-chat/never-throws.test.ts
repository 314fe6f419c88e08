import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../src/conversation/json.ts';
import { openaiChat } from '../../../src/dialects/openai-chat/index.ts';
import { ok, read, readContext, readStream, replyContext, request, sseEvents, streamed, writeContext, writeStream } from './support.ts';

/** A JSON value with one place in it, chosen by `at`, put out of order. */
function damaged(value: Json, at: number, wrong: Json): Json {
  const copy = structuredClone(value);
  const places: [JsonObject | Json[], string][] = [];
  const visit = (node: Json | undefined): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      places.push([node, key]);
      visit((node as JsonObject)[key]);
    }
  };
  visit(copy);
  const [holder, key] = places[at % Math.max(places.length, 1)] ?? [{}, ''];
  (holder as JsonObject)[key] = wrong;
  return copy;
}

const wrong = fc.oneof(
  fc.constantFrom<Json>(null, '', 'x', 0, -1, 1.5, true, [], {}, [null], [[]], { type: 'text' }, { error: {} }),
  fc.jsonValue() as fc.Arbitrary<Json>,
);
const place = fc.nat(100_000);
const RUNS = { numRuns: 400 };

describe('whatever comes', () => {
  it('readRequest answers, and what it accepts can be written', () => {
    const bodies = ok.flatMap((recording) => (recording.request ? [recording.request.body] : []));
    fc.assert(
      fc.property(fc.constantFrom(...bodies), place, wrong, (body, at, value) => {
        const parsed = openaiChat.readRequest(damaged(body, at, value), {});
        if (parsed.ok) {
          openaiChat.writeRequest(parsed.value, writeContext());
          openaiChat.writeRequest({ ...parsed.value, dialect: 'gemini' }, writeContext());
        } else expect(parsed.error.class).toBe('request');
      }),
      RUNS,
    );
  });

  it('readResponse answers, and so do the error readers and the sanitisers', () => {
    const bodies = ok.flatMap((recording) => (recording.response.body ? [recording.response.body] : []));
    fc.assert(
      fc.property(fc.constantFrom(...bodies), place, wrong, (body, at, value) => {
        const answer = damaged(body, at, value) as JsonObject;
        const response = openaiChat.readResponse(answer, readContext());
        if (response.ok) openaiChat.writeResponse(response.value, replyContext());
        openaiChat.readError(500, {}, answer, [], 0);
        openaiChat.sanitizeResponse(answer);
        openaiChat.sanitizeEvent(answer, { includeUsage: false });
      }),
      RUNS,
    );
    fc.assert(
      fc.property(wrong, (value) => {
        openaiChat.writeError(openaiChat.readError(400, {}, value, [], 0));
      }),
    );
  });

  it('a stream reads on, and what was read can be written', () => {
    const streams = streamed.map((recording) => sseEvents(recording.response.sse ?? ''));
    fc.assert(
      fc.property(fc.constantFrom(...streams), place, place, wrong, (events, which, at, value) => {
        const broken = events.map(({ data }, index) =>
          index === which % events.length && data !== '[DONE]' ? { data: JSON.stringify(damaged(JSON.parse(data), at, value)) } : { data },
        );
        const read = readStream(broken);
        expect(['finish', 'error']).toContain(read.at(-1)?.type);
        writeStream(read, request({ stream_options: { include_usage: true } }));
      }),
      RUNS,
    );
  });

  it('a data URL with broken escapes is read as it is', () => {
    const image = { type: 'image_url', image_url: { url: 'data:text/plain,%zz' } };
    expect(read({ model: 'm', messages: [{ role: 'user', content: [image] }] }).messages[0]?.content).toEqual([
      { type: 'image', source: { kind: 'base64', mimeType: 'text/plain', data: Buffer.from('%zz').toString('base64') } },
    ]);
  });

  it('a request with a part of each type but no payload is at least an answer', () => {
    for (const type of ['text', 'image_url', 'input_audio', 'file', 'video_url', 'document_url', 'thinking', 'refusal', 'other']) {
      const parsed = openaiChat.readRequest({ model: 'm', messages: [{ role: 'assistant', content: [{ type }] }] }, {});
      if (parsed.ok) openaiChat.writeRequest(parsed.value, writeContext());
    }
    expect(read({ model: 'm', messages: [{ role: 'user' }] }).messages).toEqual([{ role: 'user', content: [] }]);
  });
});
