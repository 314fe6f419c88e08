import { type FromEditor, type ToEditor, WINDOW_CHARS } from './protocol.ts';

export interface Call {
  method: 'GET' | 'POST';
  path: string;
  body: string | undefined;
}

/** Where an answer is written to. */
export interface Reply {
  head(status: number, headers: Record<string, string>): void;
  /** Resolves when more may be written; rejects when nobody waits for the answer any more. */
  write(text: string): Promise<void>;
}

/** Answers one call. What it throws becomes the end of the call. */
export type Answerer = (call: Call, reply: Reply, signal: AbortSignal) => Promise<void>;

/** The extension host's end of the bridge. */
export class PortServer {
  readonly #post: (message: FromEditor) => void;
  readonly #answer: Answerer;
  readonly #open = new Map<number, OpenCall>();

  constructor(post: (message: FromEditor) => void, answer: Answerer) {
    this.#post = post;
    this.#answer = answer;
  }

  hear(message: ToEditor): void {
    switch (message.is) {
      case 'open':
        void this.#serve(message);
        break;
      case 'taken':
        this.#open.get(message.id)?.taken(message.chars);
        break;
      case 'abort':
        this.#open.get(message.id)?.abort();
    }
  }

  modelsChanged(): void {
    this.#post({ is: 'models-changed' });
  }

  /** Ends all calls. */
  dispose(): void {
    for (const call of this.#open.values()) call.abort();
  }

  async #serve({ id, method, path, body }: Extract<ToEditor, { is: 'open' }>): Promise<void> {
    const call = new OpenCall(id, this.#post);
    this.#open.set(id, call);
    try {
      await this.#answer({ method, path, body }, call, call.signal);
      if (!call.signal.aborted) this.#post({ is: 'end', id });
    } catch (error) {
      if (!call.signal.aborted) this.#post({ is: 'failed', id, message: error instanceof Error ? error.message : String(error) });
    } finally {
      this.#open.delete(id);
    }
  }
}

class OpenCall implements Reply {
  readonly #id: number;
  readonly #post: (message: FromEditor) => void;
  readonly #end = new AbortController();
  #ahead = 0;
  #room: (() => void) | undefined;

  constructor(id: number, post: (message: FromEditor) => void) {
    this.#id = id;
    this.#post = post;
  }

  get signal(): AbortSignal {
    return this.#end.signal;
  }

  head(status: number, headers: Record<string, string>): void {
    if (!this.signal.aborted) this.#post({ is: 'head', id: this.#id, status, headers });
  }

  async write(text: string): Promise<void> {
    this.signal.throwIfAborted();
    if (text === '') return;
    this.#ahead += text.length;
    this.#post({ is: 'chunk', id: this.#id, text });
    if (this.#ahead < WINDOW_CHARS) return;
    await new Promise<void>((resolve) => {
      this.#room = resolve;
    });
    this.signal.throwIfAborted();
  }

  taken(chars: number): void {
    this.#ahead -= chars;
    if (this.#ahead < WINDOW_CHARS) this.#wake();
  }

  abort(): void {
    this.#end.abort();
    this.#wake();
  }

  #wake(): void {
    this.#room?.();
    this.#room = undefined;
  }
}
