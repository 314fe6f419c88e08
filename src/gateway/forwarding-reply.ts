import type { Reply } from './reply.ts';

/** What is done with a client's side of an answer, whoever else gets it. */
export type ReplySurface = Pick<
  Reply,
  'begun' | 'status' | 'firstByteMs' | 'whole' | 'begin' | 'write' | 'flushed' | 'keepAlive' | 'ping' | 'end'
>;

/** A reply in front of another one: hands everything on, but for what a subclass does otherwise. */
export class ForwardingReply implements ReplySurface {
  protected readonly reply: ReplySurface;

  constructor(reply: ReplySurface) {
    this.reply = reply;
  }

  get begun(): boolean {
    return this.reply.begun;
  }

  get status(): number {
    return this.reply.status;
  }

  get firstByteMs(): number | undefined {
    return this.reply.firstByteMs;
  }

  whole(status: number, body: string, headers: Record<string, string>): void {
    this.reply.whole(status, body, headers);
  }

  begin(headers: Record<string, string>, contentType: string): void {
    this.reply.begin(headers, contentType);
  }

  write(text: string): Promise<void> | undefined {
    return this.reply.write(text);
  }

  flushed(): Promise<void> {
    return this.reply.flushed();
  }

  keepAlive(ms: number, onSilence: () => void): void {
    this.reply.keepAlive(ms, onSilence);
  }

  ping(text: string): void {
    this.reply.ping(text);
  }

  end(): void {
    this.reply.end();
  }
}
