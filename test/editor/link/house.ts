import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Bundle, bundled, Window } from './windows.ts';

/** A house for each test of a file, gone after it; the bundle is made once. */
export function houseForEach(): { now(): House; bundle(): Bundle } {
  let folder = '';
  let bundle: Bundle | undefined;
  let house: House | undefined;
  const given = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('only inside of a test');
    return value;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'omniroute-link-bundle-'));
    bundle = await bundled(folder);
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));
  beforeEach(async () => {
    house = await House.open(given(bundle));
  });
  afterEach(() => house?.close());
  return { now: () => given(house), bundle: () => given(bundle) };
}

/** Windows of one installation, on a port of their own, removed at the end. */
export class House {
  readonly dataDir: string;
  readonly port: number;
  readonly vaultDir: string;
  readonly #bundle: Bundle;
  readonly #windows: Window[] = [];

  private constructor(dataDir: string, vaultDir: string, port: number, bundle: Bundle) {
    this.dataDir = dataDir;
    this.vaultDir = vaultDir;
    this.port = port;
    this.#bundle = bundle;
  }

  static async open(bundle: Bundle): Promise<House> {
    const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'omniroute-link-'));
    return new House(await folder(), await folder(), await freePort(), bundle);
  }

  window({ vaultDir = this.vaultDir, worker = this.#bundle.worker }: { vaultDir?: string; worker?: string } = {}): Window {
    const window = new Window(this.#bundle.window, [this.dataDir, String(this.port), vaultDir, worker]);
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
    for (const folder of [this.dataDir, this.vaultDir]) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
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
