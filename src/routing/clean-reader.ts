import type { StreamEvent } from '../conversation/stream-event.ts';
import type { SseEvent, StreamReader } from '../dialects/dialect.ts';
import { type SentWith, sentSecrets, withoutSecrets } from './sent-secrets.ts';

/** Takes the secrets of a call out of the failures inside its answer. What the answer says stays as it is. */
export class CleanReader implements StreamReader {
  readonly #reader: StreamReader;
  readonly #sent: SentWith;

  constructor(reader: StreamReader, sent: SentWith) {
    this.#reader = reader;
    this.#sent = sent;
  }

  push(event: SseEvent): StreamEvent[] {
    return this.#clean(this.#reader.push(event));
  }

  end(): StreamEvent[] {
    return this.#clean(this.#reader.end());
  }

  #clean(events: StreamEvent[]): StreamEvent[] {
    for (const event of events) if (event.type === 'error') event.error = withoutSecrets(event.error, sentSecrets(this.#sent));
    return events;
  }
}
