import { Readable } from 'node:stream';
import { GatewayError } from '../../conversation/error.ts';
import type { Bridge, BridgeCall } from '../../upstream/bridge.ts';
import type { UpstreamResponse } from '../../upstream/http.ts';
import type { FromEditor, ToEditor } from './protocol.ts';

interface Waiting {
  resolve(response: UpstreamResponse): void;
  reject(error: unknown): void;
  body: BridgedBody;
}

/** The gateway's end of the bridge: calls go over a message port to the extension host. */
export class PortBridge implements Bridge {
  readonly #post: (message: ToEditor) => void;
  readonly #calls = new Map<number, Waiting>();
  readonly #listeners: (() => void)[] = [];
  #lastId = 0;

  constructor(post: (message: ToEditor) => void) {
    this.#post = post;
  }

  send({ method, path, body, signal }: BridgeCall): Promise<UpstreamResponse> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      this.#lastId += 1;
      const id = this.#lastId;
      const abort = (): void => this.#abort(id, signal.reason);
      const answer = new BridgedBody({
        taken: (chars) => this.#post({ is: 'taken', id, chars }),
        closed: (whole) => {
          signal.removeEventListener('abort', abort);
          if (this.#calls.delete(id) && !whole) this.#post({ is: 'abort', id });
        },
      });
      signal.addEventListener('abort', abort, { once: true });
      this.#calls.set(id, { resolve, reject, body: answer });
      this.#post({ is: 'open', id, method, path, ...(body === undefined ? {} : { body }) });
    });
  }

  onModelsChanged(listener: () => void): void {
    this.#listeners.push(listener);
  }

  hear(message: FromEditor): void {
    if (message.is === 'models-changed') {
      for (const listener of this.#listeners) listener();
      return;
    }
    const call = this.#calls.get(message.id);
    if (!call) return;
    switch (message.is) {
      case 'head':
        call.resolve({ status: message.status, headers: message.headers, body: call.body });
        break;
      case 'chunk':
        call.body.give(message.text);
        break;
      case 'end':
        this.#calls.delete(message.id);
        call.body.finish();
        break;
      case 'failed':
        this.#calls.delete(message.id);
        fail(call, new GatewayError({ class: 'network', code: 'editor_failed', message: message.message }));
    }
  }

  #abort(id: number, reason: unknown): void {
    const call = this.#calls.get(id);
    // Destroying the body tells the other end.
    if (call) fail(call, reason);
  }
}

function fail({ reject, body }: Waiting, reason: unknown): void {
  reject(reason);
  body.destroy(reason instanceof Error ? reason : new Error(String(reason)));
}

/** The body of an answer as it comes over the port. */
class BridgedBody extends Readable {
  readonly #hooks: { taken(chars: number): void; closed(whole: boolean): void };
  #untaken = 0;
  #whole = false;

  constructor(hooks: { taken(chars: number): void; closed(whole: boolean): void }) {
    super();
    this.#hooks = hooks;
    // Who gave up before the head came listens to no body.
    this.on('error', () => {});
  }

  give(text: string): void {
    this.#untaken += text.length;
    if (this.push(Buffer.from(text))) this.#take();
  }

  finish(): void {
    this.#whole = true;
    this.push(null);
    // The body may never be read; the call is over all the same.
    this.#hooks.closed(true);
  }

  override _read(): void {
    this.#take();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    if (!this.#whole) this.#hooks.closed(false);
    done(error);
  }

  #take(): void {
    if (this.#untaken === 0) return;
    const chars = this.#untaken;
    this.#untaken = 0;
    if (!this.#whole) this.#hooks.taken(chars);
  }
}
