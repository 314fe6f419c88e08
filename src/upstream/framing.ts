import { createParser } from 'eventsource-parser';
import { GatewayError } from '../conversation/error.ts';
import type { SseEvent } from '../dialects/dialect.ts';

/** Cuts the bytes of a streamed answer into events. */
export interface Framing {
  push(chunk: Uint8Array): SseEvent[];
  /** The body ended: what was still unfinished, if it makes an event. */
  end(): SseEvent[];
}

/** No single event of a chat stream is larger; a host that sends one is broken or hostile. Images come as base64 in one event. */
const MAX_EVENT_CHARS = 64 * 1024 * 1024;

/** Server-sent events (WHATWG HTML §9.2.6), cut anywhere, also inside a UTF-8 character or between CR and LF. */
export class SseFraming implements Framing {
  readonly #decoder = new TextDecoder();
  #events: SseEvent[] = [];
  readonly #parser = createParser({
    onEvent: ({ event, data }) => {
      this.#events.push(event === undefined ? { data } : { event, data });
    },
    maxBufferSize: MAX_EVENT_CHARS,
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') {
        throw new GatewayError({
          class: 'overload',
          status: 502,
          code: 'event_too_large',
          message: 'The provider sent a single event of more than 64 MiB.',
        });
      }
      // llama.cpp's server told a failure in mid-stream under a field of its own: `error: {"message": …}`.
      if (error.type === 'unknown-field' && error.field === 'error' && error.value) {
        this.#events.push({ event: 'error', data: error.value });
      }
    },
  });

  push(chunk: Uint8Array): SseEvent[] {
    this.#parser.feed(this.#decoder.decode(chunk, { stream: true }));
    return this.#take();
  }

  end(): SseEvent[] {
    // Some hosts leave the last blank line off.
    this.#parser.feed(`${this.#decoder.decode()}\n\n`);
    return this.#take();
  }

  #take(): SseEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }
}

/** One JSON value a line (Ollama's own streaming). */
export class NdjsonFraming implements Framing {
  readonly #decoder = new TextDecoder();
  #rest = '';

  push(chunk: Uint8Array): SseEvent[] {
    const lines = (this.#rest + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    return lines.filter((line) => line.trim()).map((data) => ({ data }));
  }

  end(): SseEvent[] {
    const last = this.#rest + this.#decoder.decode();
    this.#rest = '';
    return last.trim() ? [{ data: last }] : [];
  }
}
