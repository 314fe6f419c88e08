import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startGateway } from '../../../src/gateway/start.ts';
import { houseForEach } from './house.ts';
import { agreed, ask, type Window } from './windows.ts';

const houses = houseForEach();
const servers: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function stranger(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  servers.push({
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  });
}

/** What a stranger was sent; never the key. */
const seen: string[] = [];
const answering =
  (body: unknown): RequestListener =>
  (request, response) => {
    seen.push(request.rawHeaders.join(' '));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  };

describe('a port that is taken', () => {
  it.each<[string, () => Server]>([
    ['by a web server', () => createHttpServer(answering({ hello: 'world' }))],
    [
      'by a program that says it is the gateway',
      () => createHttpServer(answering({ status: 'ok', name: 'omniroute', version: '0.1.0', pid: 1, proof: 'f'.repeat(64) })),
    ],
    ['by a program that never answers', () => createServer(() => {})],
    ['by a program that hangs up', () => createServer((socket) => socket.destroy())],
  ])('%s: all windows take the next one together, and say whose it is', async (_what, server) => {
    const house = houses.now();
    await stranger(server(), house.port);
    const windows = [house.window(), house.window(), house.window()];
    const { port } = await agreed(windows);
    expect(port).toBe(house.port + 1);
    const told = await Promise.all(windows.map((window) => window.ready(({ instead }) => instead !== undefined)));
    for (const { instead } of told) expect(instead).toEqual({ wanted: house.port, by: expect.stringContaining(`(${process.pid})`) });
    expect((await ask(windows[0] as Window)).status).toBe(200);
    expect(seen.splice(0).join(' ')).not.toMatch(/omr-|authorization|api-key/i);
  });

  it('by the gateway of another installation: that is said', async () => {
    const house = houses.now();
    const other = join(house.dataDir, 'other');
    await mkdir(other);
    const gateway = await startGateway({ dataDir: other, port: house.port });
    servers.push(gateway);
    const window = house.window();
    const { port, instead } = await window.ready(({ instead }) => instead !== undefined);
    expect(port).toBe(house.port + 1);
    expect(instead?.by).toMatch(/^OmniRoute of another editor, .+ \(\d+\)$/);
  });
});

describe('a config.json that is broken', () => {
  it('is told with the place, and the gateway starts by itself when it is mended', async () => {
    const house = houses.now();
    const path = join(house.dataDir, 'config.json');
    await writeFile(path, '{ "version": 1,\n  "accounts": [}\n');
    const windows = [house.window(), house.window()];
    for (const window of windows) {
      const state = await window.until(({ is }) => is === 'failed');
      expect(state).toMatchObject({ reason: 'config', message: expect.stringContaining('line 2, column 16') });
    }
    await writeFile(path, '{ "version": 1, "accounts": [] }\n');
    await Promise.all(windows.map((window) => window.until(({ is }) => is === 'ready')));
    await agreed(windows);
  });
});

describe('a gateway’s thread that crashes', () => {
  it('is started again, here or in another window', async () => {
    const house = houses.now();
    const worker = houses.bundle().fragileWorker;
    const windows = [house.window({ worker })];
    await agreed(windows);
    windows.push(house.window({ worker }));
    await agreed(windows);
    await writeFile(join(house.dataDir, 'crash'), '');
    await Promise.all(windows.map((window) => window.until(() => window.states.some(({ is }) => is === 'connecting'))));
    await agreed(windows);
    expect((await Promise.all(windows.map(ask))).map(({ status }) => status)).toEqual([200, 200]);
  });

  it('again and again is given up, until the user starts it anew', async () => {
    const house = houses.now();
    const file = join(house.dataDir, 'crash-always');
    await writeFile(file, '');
    const window = house.window({ worker: houses.bundle().fragileWorker });
    const state = await window.until(({ is }) => is === 'failed');
    expect(state).toMatchObject({ reason: 'crashed', message: expect.stringContaining('a fault of this test') });
    await expect(ask(window)).rejects.toThrow('again and again');
    await rm(file);
    window.restart();
    await window.until(({ is }) => is === 'ready');
    expect((await ask(window)).status).toBe(200);
  });
});

describe('a window without the key', () => {
  const keyNames = async (dataDir: string): Promise<string[]> =>
    (JSON.parse(await readFile(join(dataDir, 'config.json'), 'utf8')) as { keys: { name: string }[] }).keys.map(({ name }) => name);

  it('gets one of its own, and the first one stays good', async () => {
    const house = houses.now();
    const [owner] = await house.windows(1);
    const forgetful = house.window({ vaultDir: join(house.dataDir, 'other-profile') });
    await agreed([owner, forgetful]);
    expect(await keyNames(house.dataDir)).toEqual(['default', expect.stringMatching(/^editor-[0-9a-f]{8}$/)]);
    expect((await forgetful.request('/admin/status')).status).toBe(200);
    expect((await owner.request('/admin/status')).status).toBe(200);
    // It can own the gateway too.
    owner.signal('SIGKILL');
    await agreed([forgetful], owner.pid);
    expect((await ask(forgetful)).status).toBe(200);
    expect(await keyNames(house.dataDir)).toHaveLength(2);
  });

  it('reads it anew when another window has changed it', async () => {
    const house = houses.now();
    const [owner, attached] = (await house.windows(2)) as [Window, Window];
    const rotated = await owner.request('/admin/keys/default/rotate', 'POST', { graceSeconds: 0 });
    expect(rotated.status).toBe(200);
    expect((await attached.request('/admin/status')).status).toBe(200);
    expect((await owner.request('/admin/status')).status).toBe(200);
  });
});
