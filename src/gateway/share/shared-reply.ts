import type { GatewayError } from '../../conversation/error.ts';
import type { Reply } from '../reply.ts';
import type { SharedAnswer } from './shared-answer.ts';

/** What is done with a client's side of an answer, whoever else gets it. */
export type ReplySurface = Pick<
  Reply,
  'begun' | 'status' | 'firstByteMs' | 'whole' | 'begin' | 'write' | 'flushed' | 'keepAlive' | 'ping' | 'end'
>;

/**
 * The leader's reply: what it writes goes to its own client and into the shared answer. Pings go to its own client alone. When that
 * client leaves, writing goes on for the followers.
 */
export class SharedReply implements ReplySurface {
  readonly #reply: ReplySurface;
  readonly #answer: SharedAnswer;
  readonly #gone: () => boolean;

  /** `gone` tells whether the leader's own client has left. */
  constructor(reply: ReplySurface, answer: SharedAnswer, gone: () => boolean) {
    this.#reply = reply;
    this.#answer = answer;
    this.#gone = gone;
  }

  get begun(): boolean {
    return this.#reply.begun;
  }

  get status(): number {
    return this.#reply.status;
  }

  get firstByteMs(): number | undefined {
    return this.#reply.firstByteMs;
  }

  whole(status: number, body: string, headers: Record<string, string>): void {
    this.#answer.whole(status, body, headers);
    if (!this.#gone()) this.#reply.whole(status, body, headers);
  }

  begin(headers: Record<string, string>, contentType: string): void {
    this.#answer.begin(headers, contentType);
    if (!this.#gone()) this.#reply.begin(headers, contentType);
  }

  write(text: string): Promise<void> | undefined {
    const room = this.#answer.write(text);
    return this.#gone() ? room : this.#reply.write(text);
  }

  flushed(): Promise<void> {
    return this.#reply.flushed();
  }

  keepAlive(ms: number, onSilence: () => void): void {
    this.#reply.keepAlive(ms, onSilence);
  }

  ping(text: string): void {
    this.#reply.ping(text);
  }

  /** The work failed; what the leader writes from here on (its error, in its own words) is for its client alone. */
  fail(error: GatewayError): void {
    this.#answer.fail(error);
  }

  /** The answer broke off and said so in the stream: it is no answer for later requests. */
  spoil(): void {
    this.#answer.close();
  }

  end(): void {
    this.#answer.end();
    this.#reply.end();
  }
}
