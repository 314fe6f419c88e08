import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import { hashKey } from '../../src/accounts/gateway-keys.ts';
import { ConfigFile } from '../../src/config/file.ts';
import { readRuntimeFile } from '../../src/config/runtime-file.ts';
import { FIRST_KEY_SECRET } from '../../src/gateway/first-key.ts';
import { installationKey } from '../../src/gateway/installation-key.ts';
import { isProven } from '../../src/gateway/proof.ts';
import { type RunningGateway, startGateway } from '../../src/gateway/start.ts';

interface Shaken {
  status: number;
  body: { pid: number; version: string; proof: string };
}

function ask(port: number, headers: Record<string, string>, path = '/health'): Promise<Shaken> {
  return new Promise((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers, agent: false }, async (response) => {
      let text = '';
      for await (const chunk of response) {
        text += String(chunk);
        if (text.endsWith('\n')) break;
      }
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
    });
    call.on('error', reject);
    call.end();
  });
}

const nonceOf = (): string => randomBytes(24).toString('base64url');
let folder: string;
let gateway: RunningGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'omniroute-handshake-'));
  gateway = await startGateway({ dataDir: folder, port: 0 });
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the handshake', () => {
  it.each(['0', '1'])('proves itself without a key, for this nonce, port, process and version only (watch %s)', async (watch) => {
    const nonce = nonceOf();
    const { port, key } = gateway;
    const { status, body } = await ask(port, { 'x-omniroute-nonce': nonce, 'x-omniroute-watch': watch });
    expect(status).toBe(200);
    const { pid, version, proof } = body;
    expect(pid).toBe(process.pid);
    const said = { nonce, port, pid, version };
    const hashes = [hashKey(key)];
    expect(isProven(hashes, said, proof)).toBe(true);
    expect(isProven([hashKey('omr-other')], said, proof)).toBe(false);
    for (const other of [{ nonce: nonceOf() }, { port: port + 1 }, { pid: pid + 1 }, { version: '9' }])
      expect(isProven(hashes, { ...said, ...other }, proof)).toBe(false);
    expect(JSON.stringify(body)).not.toContain(key);
  });

  it.each([
    ['a foreign Host', { host: 'evil.example' }, 403],
    ['a foreign Origin', { origin: 'http://evil.example' }, 403],
    ['a nonce that is too short to be random', { 'x-omniroute-nonce': 'a' }, 401],
  ])('is refused with %s', async (_what, headers, status) => {
    expect((await ask(gateway.port, { 'x-omniroute-nonce': nonceOf(), ...headers })).status).toBe(status);
  });

  it('opens no other route', async () => {
    expect((await ask(gateway.port, { 'x-omniroute-nonce': nonceOf() }, '/admin/status')).status).toBe(401);
  });
});

describe('gateway.json', () => {
  it('is there while the gateway runs, and another one’s is left alone', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-handshake-'));
    const own = await startGateway({ dataDir, port: 0 });
    expect(await readRuntimeFile(dataDir)).toEqual({ url: own.url, pid: process.pid });
    await own.close();
    expect(await readRuntimeFile(dataDir)).toBeUndefined();
    const again = await startGateway({ dataDir, port: 0 });
    const others = { url: 'http://127.0.0.1:1', pid: 1 };
    await writeFile(join(dataDir, 'gateway.json'), JSON.stringify(others));
    await again.close();
    expect(await readRuntimeFile(dataDir)).toEqual(others);
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe('a port that is taken', () => {
  it('leaves the folder of the second gateway as it was', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-handshake-'));
    await expect(startGateway({ dataDir, port: gateway.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const file = new ConfigFile(dataDir);
    expect((await file.load()).keys).toEqual([]);
    expect(await readRuntimeFile(dataDir)).toBeUndefined();
    await rm(dataDir, { recursive: true, force: true });
  });
});

describe('the key of the installation', () => {
  it('is one for each vault, and the oldest of too many goes', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'omniroute-handshake-'));
    const file = new ConfigFile(dataDir);
    const vault = new FileVault(dataDir);
    const first = await installationKey(file, vault);
    expect(await installationKey(file, vault)).toEqual({ key: first.key, isNew: false });
    for (let n = 0; n < 34; n += 1) {
      await vault.delete(FIRST_KEY_SECRET);
      expect((await installationKey(file, vault)).isNew).toBe(true);
    }
    const { keys } = await file.load();
    expect(keys).toHaveLength(33);
    expect(keys[0]).toMatchObject({ name: 'default', hash: hashKey(first.key) });
    await rm(dataDir, { recursive: true, force: true });
  });
});
