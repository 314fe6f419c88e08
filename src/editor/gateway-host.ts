import { Worker } from 'node:worker_threads';
import type { Vault } from '../accounts/vault.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker-protocol.ts';

export type GatewayState =
  | { is: 'starting' }
  | { is: 'listening'; url: string }
  | { is: 'failed'; message: string; code: string | undefined }
  | { is: 'stopped' };

const STOP_MS = 3000;

/** Runs the gateway's thread for one window. */
export class GatewayHost {
  readonly #worker: Worker;
  readonly #vault: Vault;
  readonly #log: (line: string) => void;
  readonly #changed: (state: GatewayState) => void;
  readonly #exited: Promise<void>;
  state: GatewayState = { is: 'starting' };

  constructor(
    script: URL | string,
    input: WorkerInput,
    vault: Vault,
    hooks: { log: (line: string) => void; changed: (state: GatewayState) => void },
  ) {
    this.#vault = vault;
    this.#log = hooks.log;
    this.#changed = hooks.changed;
    this.#worker = new Worker(script, { workerData: input, name: 'omniroute-gateway' });
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (error) => this.#become({ is: 'failed', message: error.message, code: undefined }));
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        if (this.state.is !== 'failed') this.#become({ is: 'stopped' });
        resolve();
      });
    });
  }

  /** Ends the thread: gracefully, or after three seconds in any case. */
  async stop(): Promise<void> {
    this.#send({ type: 'stop' });
    const timer = setTimeout(() => void this.#worker.terminate(), STOP_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'listening':
        this.#become({ is: 'listening', url: message.url });
        break;
      case 'failed':
        this.#become({ is: 'failed', message: message.message, code: message.code });
        break;
      case 'log':
        this.#log(message.line);
        break;
      case 'stopped':
        break;
      case 'secret-get':
        this.#answer(message.id, this.#vault.get(message.name));
        break;
      case 'secret-set':
        this.#answer(message.id, this.#vault.set(message.name, message.value));
        break;
      case 'secret-delete':
        this.#answer(message.id, this.#vault.delete(message.name));
        break;
    }
  }

  #answer(id: number, work: Promise<unknown>): void {
    work.then(
      (value) => this.#send({ type: 'secret', id, value: typeof value === 'string' ? value : undefined }),
      (error: unknown) => this.#send({ type: 'secret-error', id, message: error instanceof Error ? error.message : String(error) }),
    );
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #become(state: GatewayState): void {
    this.state = state;
    this.#changed(state);
  }
}
