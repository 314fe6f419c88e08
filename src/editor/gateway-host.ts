import { Worker } from 'node:worker_threads';
import type { Vault } from '../accounts/vault.ts';
import type { BridgeEnd, Connection } from './bridge/end.ts';
import type { FromWorker, SecretQuestion, ToWorker, WorkerInput } from './worker-protocol.ts';

export type GatewayState =
  | { is: 'starting' }
  | { is: 'listening'; url: string; port: number }
  /** It could not start, or its thread died. `code`: why it did not start, see worker-protocol.ts; `crashed`: it had run, or fell over. */
  | { is: 'failed'; message: string; code: string | undefined; crashed: boolean }
  | { is: 'stopped' };

/** What a window does for the gateway that it runs. */
export interface HostHooks {
  log: (line: string) => void;
  changed: (state: GatewayState) => void;
  /** Where the gateway finds the models of this editor. */
  bridge?: BridgeEnd | undefined;
}

/** Stopping frees the port at once and saves; the editor gives a window about five seconds for all of its extensions. */
const STOP_MS = 3000;

/** Runs the gateway's thread for one window. */
export class GatewayHost {
  readonly #worker: Worker;
  readonly #vault: Vault;
  readonly #hooks: HostHooks;
  /** Resolves when the thread has ended, however. */
  readonly exited: Promise<void>;
  readonly #bridge: Connection | undefined;
  #stopping = false;
  state: GatewayState = { is: 'starting' };

  constructor(script: URL | string, input: WorkerInput, vault: Vault, hooks: HostHooks) {
    this.#vault = vault;
    this.#hooks = hooks;
    this.#worker = new Worker(script, { workerData: input, name: 'omniroute-gateway' });
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (error) => this.#crashed(error instanceof Error ? error.message : String(error)));
    this.#bridge = hooks.bridge?.connect((message) => this.#send({ type: 'bridge', message }));
    this.exited = new Promise((resolve) => {
      this.#worker.once('exit', (code) => {
        this.#bridge?.dispose();
        this.#ended(code);
        resolve();
      });
    });
  }

  /** Ends the thread: gracefully, or after three seconds in any case. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#send({ type: 'stop' });
    const timer = setTimeout(() => void this.#worker.terminate(), STOP_MS);
    await this.exited;
    clearTimeout(timer);
  }

  #hear(message: FromWorker): void {
    switch (message.type) {
      case 'listening':
        this.#become({ is: 'listening', url: message.url, port: message.port });
        break;
      case 'failed':
        this.#become({ is: 'failed', message: message.message, code: message.code, crashed: false });
        break;
      case 'log':
        this.#hooks.log(message.line);
        break;
      case 'stopped':
        break;
      case 'bridge':
        this.#bridge?.hear(message.message);
        break;
      case 'secret-get':
      case 'secret-set':
      case 'secret-delete':
        this.#answer(message.id, askVault(this.#vault, message));
        break;
    }
  }

  #answer(id: number, work: Promise<string | undefined>): void {
    work.then(
      (value) => this.#send({ type: 'secret', id, value }),
      (error: unknown) => this.#send({ type: 'secret-error', id, message: error instanceof Error ? error.message : String(error) }),
    );
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message);
  }

  #ended(code: number): void {
    if (this.#stopping) this.#become({ is: 'stopped' });
    else this.#crashed(`the gateway's thread ended with code ${code}`);
  }

  /** Of a failure the first word counts: the thread ends after it. */
  #crashed(message: string): void {
    if (this.state.is !== 'failed' && this.state.is !== 'stopped') this.#become({ is: 'failed', message, code: undefined, crashed: true });
  }

  #become(state: GatewayState): void {
    this.state = state;
    this.#hooks.changed(state);
  }
}

async function askVault(vault: Vault, question: SecretQuestion): Promise<string | undefined> {
  switch (question.type) {
    case 'secret-get':
      return await vault.get(question.name);
    case 'secret-set':
      await vault.set(question.name, question.value);
      return undefined;
    case 'secret-delete':
      await vault.delete(question.name);
      return undefined;
  }
}
