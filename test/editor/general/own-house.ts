import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Vault } from '../../../src/accounts/vault.ts';
import { ConfigFile } from '../../../src/config/file.ts';
import type { Config } from '../../../src/config/schema.ts';
import { AdminClient } from '../../../src/editor/admin/client.ts';
import type { Target } from '../../../src/editor/commands/general/export-backup.ts';
import type { Link, LinkRequest } from '../../../src/editor/link/link.ts';
import { type RunningGateway, startGateway } from '../../../src/gateway/start.ts';
import { configFor } from '../../sdk/house.ts';
import { memoryVault } from '../memory-vault.ts';

/** A real gateway on a folder of its own, as the commands of one window reach it. */
export interface OwnHouse {
  folder: string;
  vault: ReturnType<typeof memoryVault>;
  gateway: RunningGateway;
  link: Link;
  admin: AdminClient;
  config(): Promise<Config>;
  /** Status of a models list with this key. */
  statusWith(key: string): Promise<number>;
  /** Every byte under the folder, as text. */
  everything(): Promise<string>;
  close(): Promise<void>;
}

export async function ownHouse(accounts: Record<string, unknown>[] = [], more: Record<string, unknown> = {}): Promise<OwnHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'omniroute-general-'));
  await writeFile(join(folder, 'config.json'), JSON.stringify({ ...configFor(accounts), ...more }));
  const vault = memoryVault();
  const gateway = await startGateway({ dataDir: folder, port: 0, vault, log: () => {} });
  const link = linkTo(gateway, vault);
  return {
    folder,
    vault,
    gateway,
    link,
    admin: new AdminClient(link),
    config: () => new ConfigFile(folder).load(),
    statusWith: async (key) => {
      const response = await fetch(`${gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } });
      await response.arrayBuffer();
      return response.status;
    },
    everything: () => everything(folder),
    close: async () => {
      await gateway.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** With the key the vault has at the moment, as the editor's own link. */
function linkTo({ url, port }: RunningGateway, vault: Vault): Link {
  const key = async (): Promise<string> => (await vault.get('gateway-key/default')) ?? '';
  const request = async (path: string, { method = 'GET', body, headers = {}, signal }: LinkRequest = {}): Promise<Response> =>
    await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${await key()}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  return {
    state: { is: 'ready', owner: true, url, port, pid: process.pid, instead: undefined },
    onDidChange: () => ({ dispose: () => {} }),
    ready: async () => ({ url, port, key: await key() }),
    request,
    restart: async () => {},
    stop: async () => {},
  };
}

async function everything(folder: string): Promise<string> {
  const texts: string[] = [];
  for (const name of await readdir(folder, { recursive: true })) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) texts.push((await readFile(path)).toString('latin1'));
  }
  return texts.join('\n');
}

/** A file the user chose, in memory. */
export function memoryFile(): {
  save: (name: string) => Promise<Target>;
  bytes: () => Uint8Array;
  name: () => string;
  revealed: () => boolean;
} {
  let content = new Uint8Array();
  let chosen = '';
  let shown = false;
  return {
    save: async (name) => {
      chosen = name;
      return {
        name,
        write: async (bytes) => {
          content = new Uint8Array(bytes);
        },
        reveal: async () => {
          shown = true;
        },
      };
    },
    bytes: () => content,
    name: () => chosen,
    revealed: () => shown,
  };
}
