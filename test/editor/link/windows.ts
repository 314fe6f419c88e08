import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { LinkState } from '../../../src/editor/link/link.ts';
import type { FromWindow, ToWindow } from './window.ts';

export type Ready = Extract<LinkState, { is: 'ready' }>;
export interface Answer {
  status: number;
  body: string;
  at: number;
}

const ROOT = new URL('../../../', import.meta.url);
const BANNER = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
const __dirname = import.meta.dirname;`;

/** The fixture and the gateway's thread as they are shipped: bundled, since what users have starts so much faster than source. */
export async function bundled(folder: string): Promise<{ window: string; worker: string }> {
  await build({
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    splitting: true,
    mainFields: ['module', 'main'],
    logLevel: 'error',
    absWorkingDir: ROOT.pathname,
    define: { __OMNIROUTE_VERSION__: '"0.0.0-test"' },
    banner: { js: BANNER },
    entryPoints: {
      window: 'test/editor/link/window.ts',
      'gateway-worker': 'src/editor/gateway-worker.ts',
      'ledger-worker': 'src/ledger/store/worker.ts',
    },
    outdir: folder,
  });
  return { window: join(folder, 'window.js'), worker: join(folder, 'gateway-worker.js') };
}

/** A window of the fixture, and what it told. */
export class Window {
  readonly #process: ChildProcess;
  readonly #heard: FromWindow[] = [];
  #wake: () => void = () => {};
  #lastId = 0;
  readonly exited: Promise<unknown>;

  constructor(script: string, args: string[]) {
    this.#process = fork(script, args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.exited = once(this.#process, 'exit');
    this.#process.on('message', (message: FromWindow) => {
      this.#heard.push(message);
      this.#wake();
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get states(): (LinkState & { at: number })[] {
    return this.#heard.flatMap((message) => (message.tell === 'state' ? [{ ...(message.state as LinkState), at: message.at }] : []));
  }

  get state(): (LinkState & { at: number }) | undefined {
    return this.states.at(-1);
  }

  /** The state it is in once it fits; what it told before counts when it still holds. */
  async until<S extends LinkState>(fits: (state: LinkState) => state is S): Promise<S & { at: number }>;
  async until(fits: (state: LinkState) => boolean): Promise<LinkState & { at: number }>;
  async until(fits: (state: LinkState) => boolean): Promise<LinkState & { at: number }> {
    return await this.#when(() => (this.state && fits(this.state) ? this.state : undefined));
  }

  async ready(fits: (state: Ready) => boolean = () => true): Promise<Ready & { at: number }> {
    return (await this.until((state) => state.is === 'ready' && fits(state))) as Ready & { at: number };
  }

  async request(path: string, method?: 'GET' | 'POST' | 'PATCH' | 'DELETE', body?: unknown): Promise<Answer> {
    this.#lastId += 1;
    const id = this.#lastId;
    this.#send({ do: 'request', id, path, method, body });
    return await this.#when(() => {
      for (const message of this.#heard) {
        if (message.tell === 'answer' && message.id === id) return message;
        if (message.tell === 'error' && message.id === id) throw new Error(message.message);
      }
      return undefined;
    });
  }

  restart(): void {
    this.#send({ do: 'restart' });
  }

  /** Closes the window as the editor does; gives how long its link took. The process must end by itself. */
  async stop(): Promise<number> {
    this.#send({ do: 'stop' });
    const { ms } = await this.#when(() => this.#heard.find((message) => message.tell === 'stopped'));
    await this.exited;
    return ms;
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  #send(message: ToWindow): void {
    this.#process.send(message);
  }

  async #when<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const seen = look();
      if (seen !== undefined) return seen;
      await new Promise<void>((resolve) => {
        const before = this.#wake;
        this.#wake = () => {
          before();
          resolve();
        };
      });
    }
  }
}

/** Windows of one installation, on a port of their own, removed at the end. */
export class House {
  readonly dataDir: string;
  readonly port: number;
  readonly #vaultDir: string;
  readonly #bundle: { window: string; worker: string };
  readonly #windows: Window[] = [];

  private constructor(dataDir: string, vaultDir: string, port: number, bundle: { window: string; worker: string }) {
    this.dataDir = dataDir;
    this.#vaultDir = vaultDir;
    this.port = port;
    this.#bundle = bundle;
  }

  static async open(bundle: { window: string; worker: string }): Promise<House> {
    const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'omniroute-link-'));
    return new House(await folder(), await folder(), await freePort(), bundle);
  }

  window(vaultDir: string = this.#vaultDir): Window {
    const window = new Window(this.#bundle.window, [this.dataDir, String(this.port), vaultDir, this.#bundle.worker]);
    this.#windows.push(window);
    return window;
  }

  /** One that owns the gateway, then the attached ones. */
  async windows(count: number): Promise<[Window, ...Window[]]> {
    const owner = this.window();
    await owner.ready();
    const attached = Array.from({ length: count - 1 }, () => this.window());
    await Promise.all(attached.map((window) => window.ready()));
    return [owner, ...attached];
  }

  async close(): Promise<void> {
    for (const window of this.#windows) window.signal('SIGKILL');
    await Promise.all(this.#windows.map((window) => window.exited));
    for (const folder of [this.dataDir, this.#vaultDir]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Free now, with free ones after it as far as is known; below the range from which the system gives ports to connections. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 21_000 + Math.floor(Math.random() * 9_000);
    const server = createServer();
    const bound = await new Promise<AddressInfo | undefined>((resolve) => {
      server.once('error', () => resolve(undefined));
      server.listen(port, '127.0.0.1', () => resolve(server.address() as AddressInfo));
    });
    if (!bound) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
