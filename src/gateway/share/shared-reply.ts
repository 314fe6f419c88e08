import type { GatewayError } from '../../conversation/error.ts';
import { ForwardingReply, type ReplySurface } from '../forwarding-reply.ts';
import type { SharedAnswer } from './shared-answer.ts';

/**
 * The leader's reply: what it writes goes to its own client and into the shared answer. Pings go to its own client alone. When that
 * client leaves, writing goes on for the followers.
 */
export class SharedReply extends ForwardingReply {
  readonly #answer: SharedAnswer;
  readonly #gone: () => boolean;

  /** `gone` tells whether the leader's own client has left. */
  constructor(reply: ReplySurface, answer: SharedAnswer, gone: () => boolean) {
    super(reply);
    this.#answer = answer;
    this.#gone = gone;
  }

  override whole(status: number, body: string, headers: Record<string, string>): void {
    this.#answer.whole(status, body, headers);
    if (!this.#gone()) this.reply.whole(status, body, headers);
  }

  override begin(headers: Record<string, string>, contentType: string): void {
    this.#answer.begin(headers, contentType);
    if (!this.#gone()) this.reply.begin(headers, contentType);
  }

  override write(text: string): Promise<void> | undefined {
    const room = this.#answer.write(text);
    return this.#gone() ? room : this.reply.write(text);
  }

  /** The work failed; what the leader writes from here on (its error, in its own words) is for its client alone. */
  fail(error: GatewayError): void {
    this.#answer.fail(error);
  }

  /** The answer broke off and said so in the stream: it is no answer for later requests. */
  spoil(): void {
    this.#answer.close();
  }

  override end(): void {
    this.#answer.end();
    this.reply.end();
  }
}
