import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SseEvent } from '../../src/dialects/dialect.ts';
import { type Framing, NdjsonFraming, SseFraming } from '../../src/upstream/framing.ts';
import { recordings } from '../recordings.ts';

function read(framing: Framing, bytes: Uint8Array, cuts: readonly number[]): SseEvent[] {
  const events: SseEvent[] = [];
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    events.push(...framing.push(bytes.subarray(from, cut)));
    from = cut;
  }
  return [...events, ...framing.push(bytes.subarray(from)), ...framing.end()];
}

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('SseFraming', () => {
  const tricky =
    ': hello\r\n\r\nevent: a\r\ndata: {"x":"é🙂"}\r\n\r\ndata: one\r\ndata: two\r\n\r\nid: 7\rdata:no space\r\rdata: [DONE]\n\n';
  const expected = [{ event: 'a', data: '{"x":"é🙂"}' }, { data: 'one\ntwo' }, { data: 'no space' }, { data: '[DONE]' }];

  it('reads events byte by byte as it reads them whole', () => {
    const bytes = bytesOf(tricky);
    expect(read(new SseFraming(), bytes, [])).toEqual(expected);
    expect(read(new SseFraming(), bytes, [...bytes.keys()])).toEqual(expected);
  });

  it('reads the same wherever it is cut', () => {
    const bytes = bytesOf(tricky);
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length)), (cuts) => {
        expect(read(new SseFraming(), bytes, cuts)).toEqual(expected);
      }),
    );
  });

  it("reads llama.cpp's field for failures as an event of that name", () => {
    const events = read(new SseFraming(), bytesOf('data: a\n\nerror: {"message":"no room"}\n\n'), []);
    expect(events).toEqual([{ data: 'a' }, { event: 'error', data: '{"message":"no room"}' }]);
  });

  it('gives the last event of a body without a last blank line', () => {
    expect(read(new SseFraming(), bytesOf('data: a\n\ndata: b'), [])).toEqual([{ data: 'a' }, { data: 'b' }]);
  });

  it('reads every recorded stream in pieces of three bytes as it reads it whole', () => {
    const streams = recordings((entry) => entry.stream).flatMap(({ name, response }) =>
      response.sse ? [{ name, sse: response.sse }] : [],
    );
    expect(streams.length).toBeGreaterThan(50);
    for (const { name, sse } of streams) {
      const bytes = bytesOf(sse.slice(0, 100_000));
      const cuts = Array.from({ length: Math.floor(bytes.length / 3) }, (_, n) => n * 3);
      expect(read(new SseFraming(), bytes, cuts), name).toEqual(read(new SseFraming(), bytes, []));
    }
  });
});

describe('NdjsonFraming', () => {
  it('gives one event a line, cut anywhere, the last without a line end', () => {
    const bytes = bytesOf('{"a":"é"}\n\n{"b":2}\r\n{"c":3}');
    const expected = [{ data: '{"a":"é"}' }, { data: '{"b":2}\r' }, { data: '{"c":3}' }];
    expect(read(new NdjsonFraming(), bytes, [])).toEqual(expected);
    expect(read(new NdjsonFraming(), bytes, [...bytes.keys()])).toEqual(expected);
  });
});
