import { parentPort, workerData } from 'node:worker_threads';
import type { Vault } from '../accounts/vault.ts';
import { ConfigError } from '../config/file.ts';
import { startGateway } from '../gateway/start.ts';
import { PortBridge } from './bridge/port-bridge.ts';
import {
  CONFIG_BROKEN,
  type FromWorker,
  type SecretAnswer,
  type SecretQuestion,
  type ToWorker,
  type WorkerInput,
} from './worker-protocol.ts';

/** The gateway's own thread: a busy extension cannot stall a stream, and it ends with its window. */

if (!parentPort) throw new Error('gateway-worker runs as a worker thread');
const port = parentPort;
const send = (message: FromWorker): void => port.postMessage(message);

/** The editor's SecretStorage, reached over the port. */
class PortVault implements Vault {
  readonly #waiting = new Map<number, { resolve: (value: string | undefined) => void; reject: (error: Error) => void }>();
  #lastId = 0;

  get(name: string): Promise<string | undefined> {
    return this.#ask((id) => ({ type: 'secret-get', id, name }));
  }

  async set(name: string, value: string): Promise<void> {
    await this.#ask((id) => ({ type: 'secret-set', id, name, value }));
  }

  async delete(name: string): Promise<void> {
    await this.#ask((id) => ({ type: 'secret-delete', id, name }));
  }

  settle(message: SecretAnswer): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'secret') waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.message));
  }

  #ask(message: (id: number) => SecretQuestion): Promise<string | undefined> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(message(id));
    });
  }
}

/** Stops the gateway once, also when it is told to before it runs. */
class Stopper {
  #stop: (() => Promise<void>) | undefined;
  #asked = false;

  async runs(stop: () => Promise<void>): Promise<void> {
    this.#stop = stop;
    if (this.#asked) await stop();
  }

  ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    void this.#stop?.();
  }
}

async function main(): Promise<void> {
  const { dataDir, port: wanted, env } = workerData as WorkerInput;
  const vault = new PortVault();
  const bridge = new PortBridge((message) => send({ type: 'bridge', message }));
  const stopper = new Stopper();
  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'secret':
      case 'secret-error':
        return vault.settle(message);
      case 'bridge':
        return bridge.hear(message.message);
      case 'stop':
        return stopper.ask();
    }
  });
  try {
    const gateway = await startGateway({ dataDir, port: wanted, vault, env, bridge, log: (line) => send({ type: 'log', line }) });
    send({ type: 'listening', url: gateway.url, port: gateway.port });
    await stopper.runs(async () => {
      await gateway.close();
      send({ type: 'stopped' });
      port.close();
    });
  } catch (error) {
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error), code: codeOf(error) });
    port.close();
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof ConfigError ? CONFIG_BROKEN : (error as NodeJS.ErrnoException).code;
}

await main();
