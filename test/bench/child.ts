import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What a server of the benchmark tells its parent when it is ready. */
export interface Ready {
  url: string;
  key: string;
}

export interface Child extends Ready {
  /** Bytes of live heap after a collection. */
  heap(): Promise<number>;
  stop(): void;
}

/** Starts a server of this folder in a process of its own and waits until it listens. */
export async function child(file: string, args: string[] = []): Promise<Child> {
  const started: ChildProcess = fork(join(import.meta.dirname, file), args, {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const [ready] = (await Promise.race([once(started, 'message'), gone(started, file)])) as [Ready];
  return {
    ...ready,
    heap: async () => {
      started.send('heap');
      const [bytes] = (await once(started, 'message')) as [number];
      return bytes;
    },
    stop: () => started.kill(),
  };
}

async function gone(started: ChildProcess, file: string): Promise<never> {
  const [code] = await once(started, 'exit');
  throw new Error(`${file} ended with ${String(code)} before it was ready`);
}

/** Tells the parent where this process listens, and its heap when asked. */
export function ready(at: Ready): void {
  process.send?.(at);
  process.on('message', (message) => {
    if (message !== 'heap') return;
    globalThis.gc?.();
    globalThis.gc?.();
    process.send?.(process.memoryUsage().heapUsed);
  });
  process.on('disconnect', () => process.exit());
}

export function listening(server: Server): void {
  ready({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, key: 'none' });
}
