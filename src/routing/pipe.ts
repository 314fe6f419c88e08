import type { GatewayError } from '../conversation/error.ts';
import { isObject } from '../conversation/json.ts';
import type { StreamEvent } from '../conversation/stream-event.ts';
import { emptiness, Tap } from '../conversation/tap.ts';
import type { ClientDialect, SseEvent, StreamReader, StreamWriter } from '../dialects/dialect.ts';
import type { CustomCallRestorer } from '../dialects/shared/custom-tools.ts';
import { jsonOf } from '../dialects/shared/event-json.ts';
import { frame } from '../dialects/shared/sse-frame.ts';

/** Turns a provider's events into the client's text, and knows how the answer stands. No I/O. */
export interface Pipe {
  readonly tap: Tap;
  push(event: SseEvent): void;
  /** The connection ended cleanly. Sets `tap.error` when the answer was cut or said nothing. */
  end(): void;
  /** The connection broke, or a timer ended it. */
  fail(error: GatewayError): void;
  /** The text made since the last call. */
  take(): string;
}

abstract class BasePipe implements Pipe {
  readonly tap = new Tap();
  #text = '';
  #closed = false;

  abstract push(event: SseEvent): void;
  protected abstract finish(): void;
  /** Writes the failure to the client, unless the vendor's own error event already went through. */
  protected abstract writeFailure(error: GatewayError): void;

  end(): void {
    if (this.#closed) return;
    this.finish();
    const error = this.tap.error ?? emptiness(this.tap.finish, this.tap);
    if (error) this.fail(error);
    this.#closed = true;
  }

  protected saysNothing(): boolean {
    return emptiness(this.tap.finish, this.tap) !== undefined;
  }

  fail(error: GatewayError): void {
    if (this.#closed) return;
    this.#closed = true;
    this.tap.error ??= error;
    this.writeFailure(error);
  }

  take(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }

  protected add(text: string): void {
    this.#text += text;
  }

  protected get closed(): boolean {
    return this.#closed;
  }
}

/** Provider's dialect → canonical events → client's dialect. */
export class TranslatingPipe extends BasePipe {
  readonly #reader: StreamReader;
  readonly #writer: StreamWriter;
  readonly #restorer: CustomCallRestorer | undefined;
  readonly #observe: ((event: StreamEvent) => void) | undefined;
  readonly #heldFinishes: StreamEvent[] = [];

  constructor(
    reader: StreamReader,
    writer: StreamWriter,
    restorer: CustomCallRestorer | undefined,
    observe?: (event: StreamEvent) => void,
  ) {
    super();
    this.#observe = observe;
    this.#reader = reader;
    this.#writer = writer;
    this.#restorer = restorer;
  }

  push(event: SseEvent): void {
    if (!this.closed) this.events(this.#reader.push(event));
  }

  /** Events of an answer that did not come as a stream. */
  events(events: Iterable<StreamEvent>): void {
    for (const event of events) {
      if (this.closed) return;
      if (event.type === 'error') {
        this.fail(event.error);
        return;
      }
      if (this.#restorer) for (const restored of this.#restorer.push(event)) this.#write(restored);
      else this.#write(event);
    }
  }

  protected finish(): void {
    this.events(this.#reader.end());
    if (this.closed || this.tap.error || this.saysNothing()) return;
    for (const event of this.#heldFinishes) this.add(this.#writer.push(event));
    this.add(this.#writer.end());
  }

  protected writeFailure(error: GatewayError): void {
    this.add(this.#writer.push({ type: 'error', error }));
  }

  #write(event: StreamEvent): void {
    this.tap.see(event);
    this.#observe?.(event);
    // A finish that ends nothing but reasoning must not reach the client: it would look like a clean end.
    if (event.type === 'finish' && this.saysNothing()) this.#heldFinishes.push(event);
    else this.add(this.#writer.push(event));
  }
}

/** Same dialect on both sides: the vendor's own events go through; a reader listens for usage, content and failures. */
export class PassThroughPipe extends BasePipe {
  readonly #client: ClientDialect;
  readonly #reader: StreamReader;
  readonly #includeUsage: boolean;
  readonly #requestId: string;
  readonly #observe: ((event: StreamEvent) => void) | undefined;
  readonly #redact: (text: string) => string;
  #vendorSaidError = false;
  #sawDone = false;

  constructor(
    client: ClientDialect,
    reader: StreamReader,
    options: {
      includeUsage: boolean;
      requestId: string;
      observe: ((event: StreamEvent) => void) | undefined;
      /** Takes what the request was sent with out of a vendor's own error event. */
      redact?: (text: string) => string;
    },
  ) {
    super();
    this.#client = client;
    this.#reader = reader;
    this.#includeUsage = options.includeUsage;
    this.#requestId = options.requestId;
    this.#observe = options.observe;
    this.#redact = options.redact ?? ((text) => text);
  }

  push(event: SseEvent): void {
    if (this.closed) return;
    this.#see(this.#reader.push(event));
    const damaged = this.tap.error?.code === 'stream_damaged';
    // An error event that repeats what we sent is told in our own words, from the failure without it.
    const repeats = this.tap.error !== undefined && this.#redact(event.data) !== event.data;
    if (this.tap.error) this.#vendorSaidError = !damaged && !repeats;
    // As in the translating pipe: the finish of an answer that said nothing is kept from the client.
    if (!damaged && !repeats && (this.tap.error || !this.tap.finish || !this.saysNothing())) this.#forward(event);
    if (this.tap.error) this.fail(this.tap.error);
  }

  protected finish(): void {
    this.#see(this.#reader.end());
    if (!this.tap.error && this.#client.id === 'openai-chat' && !this.#sawDone) this.add(frame('[DONE]'));
  }

  protected writeFailure(error: GatewayError): void {
    if (!this.#vendorSaidError) this.add(this.#client.writeStreamError(error, this.#requestId));
  }

  #forward(event: SseEvent): void {
    if (event.data.trim() === '[DONE]') this.#sawDone = true;
    const json = this.#sawDone ? undefined : jsonOf(event);
    if (!isObject(json)) {
      this.add(frame(event.data, event.event));
      return;
    }
    const clean = this.#client.sanitizeEvent(json, { includeUsage: this.#includeUsage });
    if (clean) this.add(frame(clean === json ? event.data : clean, event.event));
  }

  #see(events: StreamEvent[]): void {
    for (const event of events) {
      this.tap.see(event);
      this.#observe?.(event);
    }
  }
}
