import { GatewayError } from '../conversation/error.ts';
import { EventStreamDecoder } from '../dialects/bedrock-converse/event-stream.ts';
import type { SseEvent } from '../dialects/dialect.ts';
import { type Framing, NdjsonFraming, SseFraming } from '../upstream/framing.ts';

/** How an answer of this content type is cut into events. */
export function framingFor(contentType: string): Framing {
  if (/amazon\.eventstream/i.test(contentType)) return new AwsFraming();
  if (/x-ndjson|stream\+json/i.test(contentType)) return new NdjsonFraming();
  return new SseFraming();
}

class AwsFraming implements Framing {
  readonly #decoder = new EventStreamDecoder();

  push(chunk: Uint8Array): SseEvent[] {
    try {
      return this.#decoder.push(chunk);
    } catch (error) {
      throw new GatewayError({
        class: 'network',
        code: 'stream_damaged',
        message: 'The provider sent a damaged event stream.',
        cause: error,
      });
    }
  }

  end(): SseEvent[] {
    if (this.#decoder.pending)
      throw new GatewayError({
        class: 'network',
        code: 'stream_truncated',
        message: "The provider's answer ends in the middle of an event.",
      });
    return [];
  }
}
