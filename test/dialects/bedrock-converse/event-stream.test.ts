import { EventStreamCodec, type MessageHeaders } from '@smithy/eventstream-codec';
import { describe, expect, it } from 'vitest';
import { EventStreamDecoder } from '../../../src/dialects/bedrock-converse/index.ts';

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : new TextDecoder().decode(bytes)),
  (text) => new TextEncoder().encode(text),
);

function frameOf(headers: Record<string, string>, body: string): Uint8Array {
  const typed: MessageHeaders = {};
  for (const [name, value] of Object.entries(headers)) typed[name] = { type: 'string', value };
  return codec.encode({ headers: typed, body: new TextEncoder().encode(body) });
}

const event = (type: string, body: object) =>
  frameOf({ ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' }, JSON.stringify(body));

const bytes = Uint8Array.from([
  ...event('messageStart', { role: 'assistant' }),
  ...event('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'Grüße 👋' } }),
  ...frameOf({ ':message-type': 'exception', ':exception-type': 'throttlingException' }, '{"message":"Too many requests"}'),
  ...frameOf({ ':message-type': 'error', ':error-code': 'InternalFailure', ':error-message': 'Broken' }, ''),
]);

const expected = [
  { event: 'messageStart', data: '{"role":"assistant"}' },
  { event: 'contentBlockDelta', data: '{"contentBlockIndex":0,"delta":{"text":"Grüße 👋"}}' },
  { event: 'exception:throttlingException', data: '{"message":"Too many requests"}' },
  { event: 'exception:InternalFailure', data: '{"message":"Broken"}' },
];

describe('the event-stream decoder', () => {
  it('gives every frame as one event', () => {
    const decoder = new EventStreamDecoder();
    expect(decoder.push(bytes)).toEqual(expected);
    expect(decoder.pending).toBe(false);
  });

  it('does not mind where the bytes are cut', () => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      const decoder = new EventStreamDecoder();
      expect([...decoder.push(bytes.slice(0, cut)), ...decoder.push(bytes.slice(cut))]).toEqual(expected);
    }
  });

  it('takes single bytes, and tells of a frame cut off', () => {
    const decoder = new EventStreamDecoder();
    const events = [...bytes.slice(0, -1)].flatMap((byte) => decoder.push(Uint8Array.of(byte)));
    expect(events).toEqual(expected.slice(0, -1));
    expect(decoder.pending).toBe(true);
  });

  it('refuses a damaged frame', () => {
    const damaged = bytes.slice();
    const at = 60;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    expect(() => new EventStreamDecoder().push(damaged)).toThrow(/checksum/i);
  });

  it('refuses a body that is no event stream', () => {
    expect(() => new EventStreamDecoder().push(new TextEncoder().encode('<html>Bad gateway</html>'))).toThrow('not an AWS event stream');
  });
});
