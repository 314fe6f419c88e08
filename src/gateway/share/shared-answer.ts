import type { GatewayError } from '../../conversation/error.ts';
import type { Follower } from './follower.ts';
import type { ShareBounds } from './shared-answers.ts';

export type Head =
  | { kind: 'stream'; headers: Record<string, string>; contentType: string }
  | { kind: 'whole'; status: number; headers: Record<string, string>; body: string };

/** When the leader has gone, the provider is read no further ahead of the fastest follower than this. */
const AHEAD_BYTES = 1024 * 1024;

/**
 * One answer that several clients get. The leader tells it piece by piece; followers read it at their own pace. Pieces are kept while
 * somebody may still need them: until joining is over and the slowest follower has them.
 */
export class SharedAnswer {
  readonly leaderId: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  head: Head | undefined;
  ended = false;
  error: GatewayError | undefined;
  readonly #bounds: ShareBounds;
  readonly #onClose: () => void;
  readonly #followers = new Set<Follower>();
  #pieces: string[] = [];
  /** The number of the first piece kept. */
  #from = 0;
  #bytes = 0;
  #closed = false;
  #leaderHere = true;
  #deserted: () => void = () => {};
  #waiting: (() => void)[] = [];

  constructor(leaderId: string, startedAt: number, bounds: ShareBounds, onClose: () => void) {
    this.leaderId = leaderId;
    this.startedAt = startedAt;
    this.#bounds = bounds;
    this.#onClose = onClose;
  }

  /** Called when the leader's client and every follower have gone: nobody wants the work any more. */
  onDeserted(deserted: () => void): void {
    this.#deserted = deserted;
  }

  get followers(): number {
    return this.#followers.size;
  }

  /** Bytes told so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The head of a stream; the first one counts. */
  begin(headers: Record<string, string>, contentType: string): void {
    if (this.head || this.ended) return;
    this.head = { kind: 'stream', headers, contentType };
    this.#wakeAll();
  }

  /** A whole answer, which ends it. A failure goes to those who wait, and nobody else. */
  whole(status: number, body: string, headers: Record<string, string>): void {
    if (this.head || this.ended) return;
    this.head = { kind: 'whole', status, headers, body };
    if (status >= 400 || body.length > this.#bounds.maxBytes) this.close();
    this.end();
  }

  /** A piece of a stream. The promise, if any, resolves when the work may go on; it is given only when the leader's client has gone. */
  write(text: string): Promise<void> | undefined {
    if (text === '' || this.ended) return undefined;
    const bytes = Buffer.byteLength(text);
    this.#bytes += bytes;
    this.#pieces.push(text);
    if (this.#bytes > this.#bounds.maxBytes) this.close();
    this.#free();
    for (const follower of [...this.#followers]) if (this.#bytes - follower.bytes > this.#bounds.maxLagBytes) follower.cut();
    this.#wakeAll();
    if (this.#leaderHere || this.#hasRoom()) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The answer is out. It can be joined until the window is over. */
  end(): void {
    if (this.ended) return;
    this.ended = true;
    this.#wakeAll();
  }

  /** The work failed before or after the answer began: those who wait get the error, and the next request alike really asks again. */
  fail(error: GatewayError): void {
    if (this.ended) return;
    this.error = error;
    this.close();
    this.end();
  }

  /** Nobody may join any more; those who have joined stay. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose();
    this.#free();
  }

  /** The leader's client has gone. True when nobody else listens: the work is then to be given up. */
  detach(): boolean {
    this.#leaderHere = false;
    if (this.#followers.size > 0) return false;
    if (!this.ended) this.close();
    return true;
  }

  enter(follower: Follower): void {
    this.#followers.add(follower);
  }

  leave(follower: Follower): void {
    if (!this.#followers.delete(follower)) return;
    this.progressed();
    if (this.#leaderHere || this.#followers.size > 0 || this.ended) return;
    this.close();
    this.#deserted();
  }

  /** The piece of this number; `undefined` when it has not been told yet. */
  piece(number: number): string | undefined {
    return this.#pieces[number - this.#from];
  }

  /** A follower has taken a piece, or gone. */
  progressed(): void {
    this.#free();
    if (this.#waiting.length === 0 || !this.#hasRoom()) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }

  #hasRoom(): boolean {
    if (this.#followers.size === 0) return true;
    for (const { bytes } of this.#followers) if (this.#bytes - bytes <= AHEAD_BYTES) return true;
    return false;
  }

  /** Lets go of pieces that nobody will ask for. */
  #free(): void {
    if (!this.#closed) return;
    let needed = this.#from + this.#pieces.length;
    for (const { next } of this.#followers) needed = Math.min(needed, next);
    const free = needed - this.#from;
    // Cutting off the front of a list costs its length: done when it is worth it.
    if (free === 0 || free * 2 < this.#pieces.length) return;
    this.#pieces = this.#pieces.slice(free);
    this.#from = needed;
  }

  #wakeAll(): void {
    for (const follower of this.#followers) follower.wake();
  }
}
