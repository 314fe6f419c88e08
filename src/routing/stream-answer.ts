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
  /** True for the dialect's last event. */
  isEnd: ((event: SseEvent) => boolean) | undefined;
  watchdog: Watchdog;
  url: string;
  signal: AbortSignal;
  /** Milliseconds to hold reasoning back when nothing is left to fall back to; `undefined`: until real content comes. */
  reasoningHoldMs: number | undefined;
  passThrough: boolean;
}

/** Of a large piece, this much is worked on first while nothing has been told yet: some ten events of a chat stream. */
const FIRST_BYTES = 2048;

/** After the last event the end of the body follows at once; a host that leaves it open is not waited for longer than this. */
const LINGER_MS = 200;
/** How long it may stay open behind the client's back. */
const SEE_OFF_MS = 1000;

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
  /** The dialect's last event has come. */
  #sawEnd = false;
  /** The end of the body did not follow it. */
  #overstays = false;

  constructor(source: StreamSource) {
    this.#source = source;
    this.#chunks = source.body[Symbol.asyncIterator]();
  }

  /** Resolves at the first real content (or released reasoning); throws the GatewayError of an answer that failed before it. */
  async open(): Promise<Answer> {
    let hold: Hold<'released'> | undefined;
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
    const chunk = await this.#next(over);
    if (chunk === 'released') return 'released';
    if (chunk === 'overstays') {
      this.#ended = true;
      this.#overstays = true;
      return 'read';
    }
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

  async #next(over: Promise<'released'> | undefined): Promise<IteratorResult<Uint8Array> | 'released' | 'overstays'> {
    this.#pending ??= this.#chunks.next();
    if (this.#sawEnd) {
      const patience = startHold(LINGER_MS, 'overstays');
      return await Promise.race([this.#pending, patience.over]).finally(patience.cancel);
    }
    return over ? await Promise.race([this.#pending, over]) : await this.#pending;
  }

  #work(untilContent: boolean): void {
    const { pipe, isEnd } = this.#source;
    let taken = 0;
    for (const event of this.#waiting) {
      pipe.push(event);
      taken += 1;
      if (isEnd?.(event)) this.#sawEnd = true;
      if (untilContent && pipe.tap.content) break;
    }
    this.#waiting = taken === this.#waiting.length ? [] : this.#waiting.slice(taken);
    if (!this.#ended || this.#waiting.length > 0) return;
    this.#done = true;
    pipe.end();
  }

  #startHold(): Hold<'released'> | undefined {
    const { reasoningHoldMs, pipe } = this.#source;
    return reasoningHoldMs !== undefined && pipe.tap.reasoning ? startHold(reasoningHoldMs, 'released') : undefined;
  }

  #close(): void {
    this.#source.watchdog.stop();
    if (this.#overstays) this.#seeOff();
    else this.#source.body.destroy();
  }

  /** The answer is whole and its body still open: it is read to its end, so that the connection can be used again, but not for long. */
  #seeOff(): void {
    const { body } = this.#source;
    const timer = setTimeout(() => body.destroy(), SEE_OFF_MS);
    const rest = async (): Promise<void> => {
      this.#pending ??= this.#chunks.next();
      while (!(await this.#pending).done) this.#pending = this.#chunks.next();
    };
    rest()
      .catch(() => {})
      .finally(() => clearTimeout(timer));
  }
}

interface Hold<T> {
  over: Promise<T>;
  cancel(): void;
}

function startHold<const T extends string>(ms: number, word: T): Hold<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(word), ms);
  });
  return { over, cancel: () => clearTimeout(timer) };
}
