import { ForwardingReply, type ReplySurface } from './forwarding-reply.ts';

/** A reply whose content is heard as it is written; pings are none. */
export class CapturedReply extends ForwardingReply {
  readonly #hear: (text: string) => void;

  constructor(reply: ReplySurface, hear: (text: string) => void) {
    super(reply);
    this.#hear = hear;
  }

  override whole(status: number, body: string, headers: Record<string, string>): void {
    this.#hear(body);
    super.whole(status, body, headers);
  }

  override write(text: string): Promise<void> | undefined {
    this.#hear(text);
    return super.write(text);
  }
}
