import { GatewayError } from '../conversation/error.ts';
import { EventStreamDecoder } from '../dialects/bedrock-converse/event-stream.ts';
import type { SseEvent } from '../dialects/dialect.ts';
import { type Framing, NdjsonFraming, SseFraming } from '../upstream/framing.ts';
import { redacted } from './contexts.ts';

/** How an answer of this content type is cut into events; the account's key is taken out of each, should a vendor repeat it. */
export function framingFor(contentType: string, credential: string | undefined): Framing {
  const framing = plainFraming(contentType);
  return credential ? new RedactedFraming(framing, credential) : framing;
}

class RedactedFraming implements Framing {
  readonly #framing: Framing;
  readonly #credential: string;

  constructor(framing: Framing, credential: string) {
    this.#framing = framing;
    this.#credential = credential;
  }

  push(chunk: Uint8Array): SseEvent[] {
    return this.#clean(this.#framing.push(chunk));
  }

  end(): SseEvent[] {
    return this.#clean(this.#framing.end());
  }

  #clean(events: SseEvent[]): SseEvent[] {
    for (const event of events) event.data = redacted(event.data, this.#credential);
    return events;
  }
}

function plainFraming(contentType: string): Framing {
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
