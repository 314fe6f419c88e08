import type { ReplySurface } from './share/shared-reply.ts';

/** A reply whose content is heard as it is written; pings are none. */
export class CapturedReply implements ReplySurface {
  readonly #reply: ReplySurface;
  readonly #hear: (text: string) => void;

  constructor(reply: ReplySurface, hear: (text: string) => void) {
    this.#reply = reply;
    this.#hear = hear;
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
    this.#hear(body);
    this.#reply.whole(status, body, headers);
  }

  begin(headers: Record<string, string>, contentType: string): void {
    this.#reply.begin(headers, contentType);
  }

  write(text: string): Promise<void> | undefined {
    this.#hear(text);
    return this.#reply.write(text);
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

  end(): void {
    this.#reply.end();
  }
}
