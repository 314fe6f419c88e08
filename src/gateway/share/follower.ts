import { GatewayError } from '../../conversation/error.ts';
import type { ReplySurface } from '../forwarding-reply.ts';
import type { SharedAnswer } from './shared-answer.ts';

/** One client that gets an answer another one asked for. */
export class Follower {
  readonly #answer: SharedAnswer;
  #next = 0;
  #bytes = 0;
  #cut: GatewayError | undefined;
  /** Ends the wait for news. */
  #wake: () => void = () => {};
  /** Ends the wait for the client. */
  #interrupt: () => void = () => {};

  constructor(answer: SharedAnswer) {
    this.#answer = answer;
    answer.enter(this);
  }

  /** The request id of the leader. */
  get leaderId(): string {
    return this.#answer.leaderId;
  }

  /** The number of the piece it wants next. */
  get next(): number {
    return this.#next;
  }

  /** Bytes it has taken. */
  get bytes(): number {
    return this.#bytes;
  }

  /** There is news. */
  wake(): void {
    this.#wake();
  }

  /** It lags too far behind to be waited for. */
  cut(): void {
    this.#cut = new GatewayError({
      class: 'network',
      code: 'client_too_slow',
      message: 'The answer was shared with another request, and this connection took it too slowly.',
    });
    this.#answer.leave(this);
    this.#stopWaiting();
  }

  /** Gives the place up without reading. Safe to call twice. */
  leave(): void {
    this.#answer.leave(this);
  }

  /**
   * Writes the answer from its beginning to `reply` until it ends; does not end the reply. Throws the leader's failure, or the
   * signal's reason: a GatewayError to be told to this client in its own way, as if it had asked itself.
   */
  async deliver(reply: ReplySurface, requestId: string, signal: AbortSignal): Promise<void> {
    const onAbort = (): void => this.#stopWaiting();
    signal.addEventListener('abort', onAbort);
    try {
      while (!this.#isDone(reply, requestId, signal)) await this.#step(reply);
    } finally {
      signal.removeEventListener('abort', onAbort);
      this.leave();
    }
  }

  #isDone(reply: ReplySurface, requestId: string, signal: AbortSignal): boolean {
    signal.throwIfAborted();
    if (this.#cut) throw this.#cut;
    const { head, ended, error } = this.#answer;
    if (head?.kind === 'whole') {
      reply.whole(head.status, head.body, this.#headers(head.headers, requestId));
      return true;
    }
    if (head && !reply.begun) reply.begin(this.#headers(head.headers, requestId), head.contentType);
    if (this.#answer.piece(this.#next) !== undefined) return false;
    if (error) throw error;
    if (ended && !head) throw new GatewayError({ class: 'internal', code: 'no_shared_answer', message: 'The shared answer never came.' });
    return ended;
  }

  /** Writes the next piece and waits while the client cannot take more, or waits for news. */
  async #step(reply: ReplySurface): Promise<void> {
    const piece = this.#answer.piece(this.#next);
    if (piece === undefined) return this.#news();
    const first = this.#next === 0;
    this.#next += 1;
    this.#bytes += Buffer.byteLength(piece);
    const drained = reply.write(piece);
    if (first) await reply.flushed();
    if (drained) await this.#unlessStopped(drained);
    this.#answer.progressed();
  }

  #news(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** New pieces do not end the wait for the client; being cut off, or the request's own end, does. */
  #unlessStopped(drained: Promise<void>): Promise<void> {
    return new Promise((resolve) => {
      void drained.then(resolve);
      this.#interrupt = resolve;
    });
  }

  #stopWaiting(): void {
    this.#wake();
    this.#interrupt();
  }

  /** The leader's headers say who answered; the request id is this client's own. */
  #headers(leader: Record<string, string>, requestId: string): Record<string, string> {
    return { ...leader, 'x-request-id': requestId, 'x-omniroute-shared': this.#answer.leaderId };
  }
}
