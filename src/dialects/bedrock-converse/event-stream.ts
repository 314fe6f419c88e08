import { EventStreamCodec, type Message } from '@smithy/eventstream-codec';
import type { SseEvent } from '../dialect.ts';

const utf8 = new TextDecoder();
const encoder = new TextEncoder();
const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : utf8.decode(bytes)),
  (text) => encoder.encode(text),
);

/** A length that no frame of ours reaches: the mark of bytes that are no event stream. AWS allows 16 MiB a message. */
const LONGEST_FRAME = 24 * 1024 * 1024;
/** Total length, header length and prelude checksum (AWS "Event stream encoding"). */
const PRELUDE = 12;

/**
 * Takes AWS event-stream frames (`application/vnd.amazon.eventstream`) out of a body that may be cut anywhere, and gives each as the
 * events of a text stream: `event` is the `:event-type`, or `exception:<type>` for an exception or error frame. Both checksums
 * are verified; a frame that fails them, or cannot be one, throws, since nothing after it can be trusted.
 */
export class EventStreamDecoder {
  #rest: Uint8Array = new Uint8Array(0);

  push(chunk: Uint8Array): SseEvent[] {
    this.#rest = joined(this.#rest, chunk);
    const events: SseEvent[] = [];
    for (let length = this.#next(); length !== undefined; length = this.#next()) {
      events.push(eventOf(codec.decode(this.#rest.subarray(0, length))));
      this.#rest = this.#rest.subarray(length);
    }
    return events;
  }

  /** True when the connection ended inside a frame. */
  get pending(): boolean {
    return this.#rest.length > 0;
  }

  /** The length of the next frame once it is whole. */
  #next(): number | undefined {
    if (this.#rest.length < 4) return undefined;
    const length = new DataView(this.#rest.buffer, this.#rest.byteOffset).getUint32(0);
    if (length < PRELUDE + 4 || length > LONGEST_FRAME) throw new Error('The body is not an AWS event stream.');
    return this.#rest.length < length ? undefined : length;
  }
}

function joined(before: Uint8Array, chunk: Uint8Array): Uint8Array {
  if (before.length === 0) return chunk;
  const both = new Uint8Array(before.length + chunk.length);
  both.set(before);
  both.set(chunk, before.length);
  return both;
}

function eventOf(message: Message): SseEvent {
  const type = header(message, ':message-type');
  const body = utf8.decode(message.body);
  switch (type) {
    case 'exception':
      return { event: `exception:${header(message, ':exception-type') ?? 'unknown'}`, data: body };
    case 'error':
      // Errors that the service does not model have no body: their words are headers.
      return {
        event: `exception:${header(message, ':error-code') ?? 'unknown'}`,
        data: JSON.stringify({ message: header(message, ':error-message') ?? '' }),
      };
    default:
      return { event: header(message, ':event-type') ?? '', data: body };
  }
}

function header(message: Message, name: string): string | undefined {
  const value = message.headers[name]?.value;
  return typeof value === 'string' ? value : undefined;
}
