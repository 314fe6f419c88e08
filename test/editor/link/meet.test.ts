import { createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { meet } from '../../../src/editor/link/find.ts';
import type { Installation, Published } from '../../../src/editor/link/installation.ts';
import { proofOf } from '../../../src/gateway/proof.ts';

const HASH = `sha256:${'a'.repeat(64)}`;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const portOf = (request: IncomingMessage): number => request.socket.localPort ?? 0;

/** Proves itself as the gateway does. */
const proving: RequestListener = (request, response) => {
  const said = { nonce: String(request.headers['x-omniroute-nonce']), port: portOf(request), pid: 7, version: '1' };
  response.write(`${JSON.stringify({ name: 'omniroute', pid: 7, version: '1', proof: proofOf(HASH, said) })}\n`);
};

async function met(port: number, published?: Published): Promise<Awaited<ReturnType<typeof meet>>> {
  const installation: Pick<Installation, 'published' | 'hashes'> = { published: async () => published, hashes: async () => [HASH] };
  return await meet(port, { installation: installation as Installation, signal: new AbortController().signal });
}

describe('who is on a port', () => {
  it('is ours when it proves itself, and until it ends', async () => {
    const port = await serve(proving);
    const found = await met(port);
    expect(found).toMatchObject({ is: 'ours', pid: 7, version: '1' });
    if (found.is !== 'ours') return;
    expect(found.watch.ended).toBe(false);
    servers[0]?.closeAllConnections();
    await found.watch.end;
    expect(found.watch.ended).toBe(true);
  });

  it('is a stranger when it hands on the proof of the gateway', async () => {
    const port = await serve(proving);
    const relay = await serve((request, response) => {
      get({ port, host: '127.0.0.1', path: request.url, headers: request.headers }, (answer) => answer.pipe(response));
    });
    expect(await met(relay)).toEqual({ is: 'stranger', omniroute: true });
  });

  it('is a stranger when it replays a proof', async () => {
    let recorded = '';
    const port = await serve((request, response) => {
      const said = { nonce: String(request.headers['x-omniroute-nonce']), port: portOf(request), pid: 7, version: '1' };
      recorded ||= JSON.stringify({ name: 'omniroute', pid: 7, version: '1', proof: proofOf(HASH, { ...said, nonce: 'n'.repeat(32) }) });
      response.end(recorded);
    });
    expect(await met(port)).toEqual({ is: 'stranger', omniroute: true });
  });

  it('is ours when it was just cut off and answers then', async () => {
    let times = 0;
    const port = await serve((request, response) => {
      times += 1;
      if (times === 1) request.socket.destroy();
      else proving(request, response);
    });
    expect(await met(port)).toMatchObject({ is: 'ours' });
  });

  it('is waited for when it has said that it is there, and its process is; else it is silent', async () => {
    let times = 0;
    const slow: RequestListener = (request, response) => {
      times += 1;
      if (times > 1) proving(request, response);
    };
    const port = await serve(slow);
    expect(await met(port, { port, alive: true })).toMatchObject({ is: 'ours' });
    times = 0;
    expect(await met(port, { port, alive: false })).toEqual({ is: 'silent' });
  });

  it('is nobody, where nobody is', async () => {
    const port = await serve(proving);
    await new Promise((resolve) => servers.splice(0)[0]?.close(resolve));
    expect(await met(port)).toEqual({ is: 'absent' });
  });
});
