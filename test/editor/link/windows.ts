import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build } from 'esbuild';
import { expect } from 'vitest';
import type { LinkState } from '../../../src/editor/link/link.ts';
import type { FromWindow, ToWindow } from './window.ts';

export type Ready = Extract<LinkState, { is: 'ready' }>;
export interface Answer {
  status: number;
  body: string;
  at: number;
}

export interface Bundle {
  window: string;
  worker: string;
  fragileWorker: string;
}

const ROOT = new URL('../../../', import.meta.url);
const BANNER = `import { createRequire as __createRequire } from 'node:module';
const require = __createRequire(import.meta.url);
const __filename = import.meta.filename;
const __dirname = import.meta.dirname;`;

/** The fixture and the gateway's thread as they are shipped: bundled, since what users have starts so much faster than source. */
export async function bundled(folder: string): Promise<Bundle> {
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
      'fragile-worker': 'test/editor/link/fragile-worker.ts',
      'ledger-worker': 'src/ledger/store/worker.ts',
    },
    outdir: folder,
  });
  return { window: join(folder, 'window.js'), worker: join(folder, 'gateway-worker.js'), fragileWorker: join(folder, 'fragile-worker.js') };
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

  /** Resolves when it has run far enough to be told something: its link looks for the gateway. */
  get connected(): Promise<unknown> {
    return this.#when(() => this.#heard.find((message) => message.tell === 'started'));
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
    const state = await this.until((state) => state.is === 'failed' || (state.is === 'ready' && fits(state)));
    if (state.is !== 'ready') throw new Error(JSON.stringify(state));
    return state;
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
      if (this.#process.exitCode !== null) throw new Error(`the window ended with ${this.#process.exitCode}`);
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

/** Of these windows exactly one owns the gateway, which is not process `not`, and all are on it. `at`: when the owner had it. */
export async function agreed(windows: readonly Window[], not = 0): Promise<{ owner: Window; port: number; at: number }> {
  const states = await Promise.all(windows.map((window) => window.ready((state) => state.pid !== not)));
  const owner = windows[states.findIndex((state) => state.owner)];
  const [first] = states;
  if (!owner || !first) throw new Error('nobody owns it');
  expect(states.filter((state) => state.owner)).toHaveLength(1);
  expect(new Set(states.map((state) => `${state.port} ${state.pid}`))).toEqual(new Set([`${first.port} ${owner.pid}`]));
  return { owner, port: first.port, at: Math.max(...states.map((state) => (state.owner ? state.at : 0))) };
}

/** A question that the built-in demo answers. */
export async function ask(window: Window): Promise<Answer> {
  return await window.request('/v1/chat/completions', 'POST', { model: 'demo/echo', messages: [{ role: 'user', content: 'Still here?' }] });
}
