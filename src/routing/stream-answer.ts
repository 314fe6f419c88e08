import type { Readable } from 'node:stream';
import { GatewayError } from '../conversation/error.ts';
import type { SseEvent } from '../dialects/dialect.ts';
import type { Framing } from '../upstream/framing.ts';
import { asGatewayError } from '../upstream/http.ts';
import type { Watchdog } from '../upstream/timers.ts';
import type { Answer, AnswerReport } from './exchange.ts';
import type { Pipe } from './pipe.ts';

/** What reading a streamed answer needs. */
export interface StreamSource {
  body: Readable;
  framing: Framing;
  pipe: Pipe;
  watchdog: Watchdog;
  url: string;
  signal: AbortSignal;
  /** Milliseconds to hold reasoning back when nothing is left to fall back to; `undefined`: until real content comes. */
  reasoningHoldMs: number | undefined;
  passThrough: boolean;
}

/** Of a large piece, this much is worked on first while nothing has been told yet: some ten events of a chat stream. */
const FIRST_BYTES = 2048;

/** Reads a streamed answer: first up to its commit, then the rest. */
export class StreamAnswer {
  readonly #source: StreamSource;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #pending: Promise<IteratorResult<Uint8Array>> | undefined;
  /** The later part of a large first piece, not yet cut into events. */
  #rest: Uint8Array | undefined;
  /** Events read and not yet worked on. */
  #waiting: SseEvent[] = [];
  #held = '';
  /** The body has ended. */
  #ended = false;
  /** Nothing more will come of it. */
  #done = false;

  constructor(source: StreamSource) {
    this.#source = source;
    this.#chunks = source.body[Symbol.asyncIterator]();
  }

  /** Resolves at the first real content (or released reasoning); throws the GatewayError of an answer that failed before it. */
  async open(): Promise<Answer> {
    let hold: Hold | undefined;
    try {
      while (!this.#done) {
        hold ??= this.#startHold();
        if ((await this.#step(hold?.over)) === 'released') break;
        if (this.#source.pipe.tap.content && !this.#source.pipe.tap.error) break;
      }
    } finally {
      hold?.cancel();
    }
    const { tap } = this.#source.pipe;
    if (tap.error) {
      this.#close();
      throw tap.error;
    }
    const head = this.#held;
    this.#held = '';
    return { kind: 'stream', head, pump: (write) => this.#pump(write) };
  }

  async #pump(write: (text: string) => Promise<void> | undefined): Promise<AnswerReport> {
    while (!this.#done) {
      await this.#step();
      const text = this.#held;
      this.#held = '';
      if (text) await write(text);
      if (this.#source.pipe.tap.error) break;
    }
    this.#close();
    const { tap } = this.#source.pipe;
    return { usage: tap.usage, model: tap.model, finish: tap.finish?.reason, error: tap.error, passedThrough: this.#source.passThrough };
  }

  /**
   * Takes the events of one piece, unless `over` comes first. While the answer is not committed, stops at the event that commits it:
   * it reaches the client before the rest of a large piece is worked on. Failures end up in the pipe, which writes them in the
   * client's dialect.
   */
  async #step(over?: Promise<'released'>): Promise<'read' | 'released'> {
    const { pipe } = this.#source;
    try {
      if (this.#waiting.length === 0 && !this.#ended && (await this.#read(over)) === 'released') return 'released';
      this.#work(!pipe.tap.content);
    } catch (error) {
      this.#done = true;
      pipe.fail(error instanceof GatewayError ? error : asGatewayError(error, this.#source));
    }
    if (pipe.tap.error) this.#done = true;
    this.#held += pipe.take();
    return 'read';
  }

  async #read(over: Promise<'released'> | undefined): Promise<'read' | 'released'> {
    const { framing, watchdog, pipe } = this.#source;
    if (this.#rest) {
      this.#waiting = framing.push(this.#rest);
      this.#rest = undefined;
      return 'read';
    }
    this.#pending ??= this.#chunks.next();
    const chunk = over ? await Promise.race([this.#pending, over]) : await this.#pending;
    if (chunk === 'released') return 'released';
    this.#pending = undefined;
    if (chunk.done) {
      this.#ended = true;
      watchdog.stop();
      this.#waiting = framing.end();
    } else {
      watchdog.touch();
      const first = pipe.tap.content ? chunk.value.length : FIRST_BYTES;
      this.#waiting = framing.push(chunk.value.subarray(0, first));
      if (chunk.value.length > first) this.#rest = chunk.value.subarray(first);
    }
    return 'read';
  }

  #work(untilContent: boolean): void {
    const { pipe } = this.#source;
    let taken = 0;
    for (const event of this.#waiting) {
      pipe.push(event);
      taken += 1;
      if (untilContent && pipe.tap.content) break;
    }
    this.#waiting = taken === this.#waiting.length ? [] : this.#waiting.slice(taken);
    if (!this.#ended || this.#waiting.length > 0) return;
    this.#done = true;
    pipe.end();
  }

  #startHold(): Hold | undefined {
    const { reasoningHoldMs, pipe } = this.#source;
    return reasoningHoldMs !== undefined && pipe.tap.reasoning ? startHold(reasoningHoldMs) : undefined;
  }

  #close(): void {
    this.#source.watchdog.stop();
    this.#source.body.destroy();
  }
}

interface Hold {
  over: Promise<'released'>;
  cancel(): void;
}

function startHold(ms: number): Hold {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<'released'>((resolve) => {
    timer = setTimeout(() => resolve('released'), ms);
  });
  return { over, cancel: () => clearTimeout(timer) };
}
