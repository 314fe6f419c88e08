import { readFile } from 'node:fs/promises';
import { Agent, createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { backOffMs, Crashes } from '../../../src/editor/link/crashes.ts';
import { inodesOf, lsofProgram, netstatPid, portHolder } from '../../../src/editor/link/port-holder.ts';
import { mayRepeat } from '../../../src/editor/link/repeat.ts';
import { send } from '../../../src/editor/link/send.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<number> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

describe('what is sent again', () => {
  it.each([
    ['POST', '/v1/chat/completions', 'refused', false, true],
    ['POST', '/v1/chat/completions', 'cut', true, true],
    ['POST', '/v1/chat/completions', 'cut', false, false],
    ['GET', '/admin/accounts', 'cut', false, true],
    ['GET', '/v1/models', 'cut', true, true],
    ['POST', '/admin/accounts', 'refused', false, true],
    ['POST', '/admin/accounts', 'cut', true, false],
    ['DELETE', '/admin/keys/a?b', 'cut', true, false],
    ['PATCH', '/admin?x', 'cut', true, false],
  ] as const)('%s %s that was %s, the owner gone: %s → %s', (method, path, how, ownerGone, repeated) => {
    expect(mayRepeat(method, path, { how, ownerGone })).toBe(repeated);
  });
});

describe('back-off', () => {
  it('doubles up to two seconds', () => {
    expect([0, 1, 2, 5, 6, 100].map(backOffMs)).toEqual([50, 100, 200, 1600, 2000, 2000]);
  });

  it('gives up at the sixth crash in a minute', () => {
    const crashes = new Crashes();
    for (const second of [0, 1, 2, 3, 4]) crashes.add(second * 1000, 'a fault');
    expect(crashes.tooMany(5000)).toBe(false);
    crashes.add(5000, 'the last fault');
    expect(crashes.tooMany(59_000)).toBe(true);
    expect(crashes.last).toBe('the last fault');
    expect(crashes.tooMany(60_000)).toBe(false);
    for (const second of [60, 60, 60, 60, 60, 60]) crashes.add(second * 1000, 'a fault');
    crashes.clear();
    expect(crashes.tooMany(60_000)).toBe(false);
  });
});

describe('who has a port', () => {
  it('is found on this machine', async () => {
    const port = await serve(() => {});
    const found = await portHolder(port);
    if (process.platform === 'linux') expect(found).toContain(`(${process.pid})`);
    expect(await portHolder(1)).toBeUndefined();
    expect(await portHolder(port, 'aix')).toBeUndefined();
  });

  it('is read from the table of Linux', async () => {
    const port = await serve(() => {});
    expect(inodesOf(await readFile('/proc/net/tcp', 'utf8').catch(() => ''), port)).toHaveLength(process.platform === 'linux' ? 1 : 0);
    const row = '   0: 0100007F:4EA0 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 31337 1 0 100 0 0 10 0';
    expect(inodesOf(row, 20128)).toEqual(['31337']);
    expect(inodesOf(row.replace(' 0A ', ' 01 '), 20128)).toEqual([]);
    expect(inodesOf(row, 128)).toEqual([]);
  });

  it('is read from lsof of macOS', () => {
    expect(lsofProgram('p4711\ncnode\nf22\n')).toEqual({ name: 'node', pid: 4711 });
    expect(lsofProgram('')).toBeUndefined();
  });

  it('is read from netstat of Windows, in any language', () => {
    const output = [
      '  TCP    127.0.0.1:54321        127.0.0.1:20128        HERGESTELLT     99',
      '  TCP    127.0.0.1:120128       0.0.0.0:0              ABHÖREN         98',
      '  TCP    127.0.0.1:20128        0.0.0.0:0              ABHÖREN         4711',
    ].join('\r\n');
    expect(netstatPid(output, 20128)).toBe(4711);
    expect(netstatPid(output, 1)).toBeUndefined();
  });
});

describe('a request', () => {
  const agent = new Agent({ keepAlive: true });
  afterEach(() => agent.destroy());

  it('has the key and JSON, and its answer streams', async () => {
    let more: () => void = () => {};
    let seen: Record<string, unknown> = {};
    const port = await serve((incoming, response) => {
      seen = incoming.headers;
      response.writeHead(201, { 'x-test': 'yes' });
      response.write('one');
      more = () => response.end('two');
    });
    const response = await send({ port, key: 'omr-k' }, '/x', { method: 'POST', body: { a: 1 } }, agent);
    expect([response.status, response.headers.get('x-test')]).toEqual([201, 'yes']);
    expect(seen).toMatchObject({ authorization: 'Bearer omr-k', 'content-type': 'application/json', 'content-length': '7' });
    const reader = response.body?.getReader();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('one');
    more();
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('two');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('ends at once when it is cancelled, before its answer and within it', async () => {
    const gone: Promise<unknown>[] = [];
    const port = await serve((incoming, response) => {
      gone.push(new Promise((resolve) => response.once('close', resolve)));
      if (incoming.url === '/begun') response.write('one');
    });
    const abort = new AbortController();
    const waiting = send({ port, key: 'k' }, '/silent', { signal: abort.signal }, agent);
    const begun = await send({ port, key: 'k' }, '/begun', { signal: abort.signal }, agent);
    const why = new Error('cancelled by the user');
    abort.abort(why);
    await expect(waiting).rejects.toBe(why);
    await expect(begun.text()).rejects.toBe(why);
    await Promise.all(gone);
    await expect(send({ port, key: 'k' }, '/', { signal: abort.signal }, agent)).rejects.toBe(why);
  });

  it('ends at the gateway when its reader has enough', async () => {
    let gone: Promise<unknown> = Promise.resolve();
    const port = await serve((_incoming, response) => {
      gone = new Promise((resolve) => response.once('close', resolve));
      response.write('one');
    });
    await (await send({ port, key: 'k' }, '/', {}, agent)).body?.cancel();
    await gone;
  });

  it('tells whether it was refused or cut', async () => {
    const port = await serve((incoming) => incoming.socket.destroy());
    await expect(send({ port, key: 'k' }, '/', {}, agent)).rejects.toMatchObject({ name: 'Unanswered', how: 'cut' });
    await new Promise((resolve) => server?.close(resolve));
    await expect(send({ port, key: 'k' }, '/', {}, agent)).rejects.toMatchObject({ name: 'Unanswered', how: 'refused' });
  });

  it('takes an answer without a body', async () => {
    const port = await serve((_incoming, response) => response.writeHead(204).end());
    expect((await send({ port, key: 'k' }, '/', { method: 'DELETE' }, agent)).status).toBe(204);
  });
});
