import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { FileVault } from '../../src/accounts/file-vault.ts';
import type { Config } from '../../src/config/schema.ts';
import { startGateway } from '../../src/gateway/start.ts';
import { configFor } from '../sdk/house.ts';
import { type ScriptedProvider, scriptedProvider } from '../upstream/scripted-provider.ts';

export interface Answered {
  status: number;
  body: { error?: { message: string; code: string; param?: string }; [field: string]: unknown };
}

/** A gateway with an admin's view of it, and one scripted provider to add accounts of. */
export interface AdminHouse {
  provider: ScriptedProvider;
  url: string;
  /** Asks the admin API; no answer may hold one of `secrets`. */
  ask(method: string, path: string, body?: unknown, key?: string): Promise<Answered>;
  /** Sends a body as it is. */
  raw(method: string, path: string, body: string): Promise<Answered>;
  /** What must never be seen in an answer. */
  secrets: string[];
  config(): Promise<Config>;
  configText(): Promise<string>;
  vault: FileVault;
  /** Fields of a new account at the scripted provider. */
  account(fields?: Record<string, unknown>): Record<string, unknown>;
  folder: string;
  key: string;
  close(): Promise<void>;
}

export async function adminHouse(config: Record<string, unknown> = configFor([]), env: Record<string, string> = {}): Promise<AdminHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-admin-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  const provider = await scriptedProvider();
  const vault = new FileVault(folder, '');
  const gateway = await startGateway({ dataDir: folder, port: 0, vault, log: () => {}, env });
  const secrets: string[] = Object.values(env);
  const send = async (method: string, path: string, body: string | undefined, key = gateway.key): Promise<Answered> => {
    const headers = { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const response = await fetch(gateway.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    for (const secret of secrets) expect(text).not.toContain(secret);
    return { status: response.status, body: JSON.parse(text) as Answered['body'] };
  };
  return {
    provider,
    url: gateway.url,
    key: gateway.key,
    folder,
    secrets,
    vault,
    ask: (method, path, body, key) => send(method, `/admin${path}`, body === undefined ? undefined : JSON.stringify(body), key),
    raw: (method, path, body) => send(method, `/admin${path}`, body),
    configText: () => readFile(join(folder, 'config.json'), 'utf8'),
    config: async () => JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as Config,
    account: (fields = {}) => ({ provider: 'openai-compatible', name: 'mine', prefix: 'mine', baseUrl: `${provider.url}/v1`, ...fields }),
    close: async () => {
      await gateway.close();
      await provider.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
