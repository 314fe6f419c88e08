import { GatewayError } from '../conversation/error.ts';

/** The limits on one exchange with a provider, in milliseconds. */
export interface Timeouts {
  connectMs: number;
  firstByteMs: number;
  idleMs: number;
  totalMs: number;
}

/**
 * Watches one exchange: silence before the first byte, silence between pieces, and the time left in all. Ours, because the
 * defaults of HTTP libraries (300 s without a byte of the body) end long silent answers without a word.
 */
export class Watchdog {
  readonly #timeouts: Timeouts;
  readonly #abort: (error: GatewayError) => void;
  #silence: NodeJS.Timeout;
  #started = false;

  constructor(timeouts: Timeouts, abort: (error: GatewayError) => void) {
    this.#timeouts = timeouts;
    this.#abort = abort;
    this.#silence = setTimeout(
      () => this.#fire('first_byte_timeout', `The provider sent nothing for ${seconds(timeouts.firstByteMs)}.`),
      timeouts.firstByteMs,
    );
  }

  /** A piece of the answer arrived. */
  touch(): void {
    if (this.#started) {
      this.#silence.refresh();
      return;
    }
    this.#started = true;
    clearTimeout(this.#silence);
    this.#silence = setTimeout(
      () => this.#fire('idle_timeout', `The provider stopped sending for ${seconds(this.#timeouts.idleMs)}.`),
      this.#timeouts.idleMs,
    );
  }

  stop(): void {
    clearTimeout(this.#silence);
  }

  #fire(code: string, message: string): void {
    this.#abort(new GatewayError({ class: 'network', status: 504, code, message }));
  }
}

function seconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
