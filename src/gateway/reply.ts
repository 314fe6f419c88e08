import type { ServerResponse } from 'node:http';

/**
 * The client's side of one answer, written to Node's response itself: web streams would cost more than the whole translation, and
 * hide that a client has gone.
 */
export class Reply {
  readonly #response: ServerResponse;
  readonly #started: number;
  readonly #now: () => number;
  #firstByteAt: number | undefined;
  #ping: NodeJS.Timeout | undefined;

  constructor(response: ServerResponse, now: () => number) {
    this.#response = response;
    this.#now = now;
    this.#started = now();
  }

  /** True once a status has been sent: a failure can then only be told inside the stream. */
  get begun(): boolean {
    return this.#response.headersSent;
  }

  get status(): number {
    return this.#response.statusCode;
  }

  /** Milliseconds until the first byte of content was given to the socket. */
  get firstByteMs(): number | undefined {
    return this.#firstByteAt === undefined ? undefined : this.#firstByteAt - this.#started;
  }

  /** A whole JSON answer. */
  whole(status: number, body: string, headers: Record<string, string>): void {
    this.#firstByteAt ??= this.#now();
    this.#response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      ...headers,
    });
    this.#response.end(body);
  }

  /** Sends the head of a stream, once. */
  begin(headers: Record<string, string>, contentType: string): void {
    if (this.begun) return;
    this.#response.writeHead(200, {
      'content-type': contentType,
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      ...headers,
    });
    this.#response.socket?.setNoDelay(true);
  }

  /** Writes a piece; the promise, if any, resolves when the socket can take more. */
  write(text: string): Promise<void> | undefined {
    if (text === '' || this.#response.destroyed) return undefined;
    this.#firstByteAt ??= this.#now();
    this.#ping?.refresh();
    if (this.#response.write(text)) return undefined;
    return new Promise((resolve) => {
      const done = (): void => {
        this.#response.off('drain', done);
        this.#response.off('close', done);
        resolve();
      };
      this.#response.on('drain', done);
      this.#response.on('close', done);
    });
  }

  /**
   * Resolves when the first write has gone to the socket. Node holds it back until the next tick, to join it with the head; work that
   * goes on in promises would keep that tick, and so the first byte, waiting.
   */
  flushed(): Promise<void> {
    return new Promise((resolve) => process.nextTick(resolve));
  }

  /** Calls `onSilence` whenever nothing was written for `ms`, until the reply ends. */
  keepAlive(ms: number, onSilence: () => void): void {
    this.#ping = setInterval(onSilence, ms);
  }

  /** A sign of life: is no content, so it does not count as the first byte. */
  ping(text: string): void {
    if (!this.#response.destroyed) this.#response.write(text);
  }

  end(): void {
    clearInterval(this.#ping);
    if (!this.#response.writableEnded) this.#response.end();
  }
}
