import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { CallName, Calls, FromLedgerWorker, ToLedgerWorker } from './worker-protocol.ts';

/** The thread ended before it answered. */
export class WorkerGone extends Error {
  override readonly name = 'WorkerGone';
}

export interface WorkerHooks {
  log(line: string): void;
  /** It ended by itself: calls that waited were rejected with WorkerGone. */
  died(reason: string): void;
}

const STOP_MS = 2000;

interface Waiting {
  resolve: (answer: never) => void;
  reject: (error: Error) => void;
}

/** The ledger's thread, seen from the other side. It keeps the process alive only while it owes an answer. */
export class LedgerWorker {
  readonly #worker = new Worker(script(), { name: 'omniroute-ledger' });
  readonly #hooks: WorkerHooks;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #ended = false;
  #reason = 'it ended';

  constructor(hooks: WorkerHooks) {
    this.#hooks = hooks;
    this.#worker.unref();
    this.#worker.on('message', (message: FromLedgerWorker) => this.#hear(message));
    this.#worker.on('error', (error) => {
      this.#reason = error instanceof Error ? error.message : String(error);
    });
    this.#worker.on('exit', () => this.#exited());
  }

  /** Rejects with the error's message when the call failed there, and with WorkerGone. */
  call<Name extends CallName>(name: Name, ask: Calls[Name]['ask']): Promise<Calls[Name]['answer']> {
    if (this.#ended) return Promise.reject(new WorkerGone(this.#reason));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.ref();
      this.#post({ call: name, id, ask } as ToLedgerWorker);
    });
  }

  /** Adds a record, as it is written in the journal. */
  add(line: string): void {
    if (!this.#ended) this.#post({ line });
  }

  /** Lets the thread end by itself, and ends it where it does not. */
  async stop(): Promise<void> {
    if (this.#ended) return;
    this.#post({ close: true });
    this.#ended = true;
    this.#worker.ref();
    const timer = setTimeout(() => void this.#worker.terminate(), STOP_MS);
    await new Promise<void>((resolve) => this.#worker.once('exit', () => resolve()));
    clearTimeout(timer);
  }

  #post(message: ToLedgerWorker): void {
    this.#worker.postMessage(message);
  }

  #hear(message: FromLedgerWorker): void {
    if ('log' in message) {
      this.#hooks.log(message.log);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if ('error' in message) waiting?.reject(new Error(message.error));
    else waiting?.resolve(message.answer as never);
  }

  #exited(): void {
    const asked = this.#ended;
    this.#ended = true;
    for (const { reject } of this.#waiting.values()) reject(new WorkerGone(this.#reason));
    this.#waiting.clear();
    if (!asked) this.#hooks.died(this.#reason);
  }
}

/** Bundled, this code is in dist or in dist/chunks and the worker in dist; from source, it lies beside. */
function script(): URL {
  const built = ['./ledger-worker.js', '../ledger-worker.js'].map((path) => new URL(path, import.meta.url));
  return built.find((url) => existsSync(url)) ?? new URL('./worker.ts', import.meta.url);
}
