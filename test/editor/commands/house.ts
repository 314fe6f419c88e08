import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileVault } from '../../../src/accounts/file-vault.ts';
import { AdminClient } from '../../../src/editor/admin/client.ts';
import type { LinkRequest } from '../../../src/editor/link/link.ts';
import { startGateway } from '../../../src/gateway/start.ts';
import { configFor } from '../../sdk/house.ts';
import { faults } from '../../upstream/reply.ts';
import { type ScriptedProvider, scriptedProvider } from '../../upstream/scripted-provider.ts';

/** A real gateway as the editor's commands see it, and a provider to add accounts of. */
export interface House {
  provider: ScriptedProvider;
  /** Where the provider answers, as a user types it. */
  baseUrl: string;
  admin: AdminClient;
  /** Everything the gateway logged. */
  log: string[];
  config(): Promise<{ accounts: Record<string, unknown>[] }>;
  /** All that lies in the data folder, vault included. */
  vault: FileVault;
  close(): Promise<void>;
}

export async function house(env: Record<string, string> = {}, accounts: Record<string, unknown>[] = []): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-editor-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify(configFor(accounts)));
  const provider = await scriptedProvider();
  const vault = new FileVault(folder, '');
  const log: string[] = [];
  const gateway = await startGateway({ dataDir: folder, port: 0, vault, env, log: (line) => log.push(line) });
  const request = (path: string, { method = 'GET', body, headers = {}, signal }: LinkRequest = {}): Promise<Response> =>
    fetch(gateway.url + path, {
      method,
      headers: {
        authorization: `Bearer ${gateway.key}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  return {
    provider,
    baseUrl: `${provider.url}/v1`,
    admin: new AdminClient({ request }),
    log,
    vault,
    config: async () => JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')) as { accounts: Record<string, unknown>[] },
    close: async () => {
      await gateway.close();
      await provider.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The next list of models that is asked for never comes; resolves when it is asked for. */
export function hangingList({ provider }: House): Promise<void> {
  return new Promise<void>((resolve) => {
    provider.lists({
      ...faults.hangBeforeHeaders(),
      get before() {
        resolve();
        return Promise.resolve();
      },
    });
  });
}
