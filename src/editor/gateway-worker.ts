import { parentPort, workerData } from 'node:worker_threads';
import type { Vault } from '../accounts/vault.ts';
import { startGateway } from '../gateway/start.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker-protocol.ts';

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

  settle(message: Extract<ToWorker, { id: number }>): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === 'secret') waiting?.resolve(message.value);
    else waiting?.reject(new Error(message.message));
  }

  #ask(message: (id: number) => FromWorker): Promise<string | undefined> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      send(message(id));
    });
  }
}

async function main(): Promise<void> {
  const input = workerData as WorkerInput;
  const vault = new PortVault();
  let stop: (() => Promise<void>) | undefined;
  let stopping = false;
  port.on('message', (message: ToWorker) => {
    if (message.type !== 'stop') {
      vault.settle(message);
      return;
    }
    stopping = true;
    void stop?.().then(() => send({ type: 'stopped' }));
  });
  try {
    const gateway = await startGateway({ dataDir: input.dataDir, port: input.port, vault, log: (line) => send({ type: 'log', line }) });
    stop = async () => {
      await gateway.close();
      port.close();
    };
    send({ type: 'listening', url: gateway.url, port: gateway.port });
    if (stopping) await stop();
  } catch (error) {
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error), code: (error as NodeJS.ErrnoException).code });
    port.close();
  }
}

await main();
