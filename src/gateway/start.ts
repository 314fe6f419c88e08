import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { FileVault } from '../accounts/file-vault.ts';
import { addKey } from '../accounts/gateway-keys.ts';
import type { Vault } from '../accounts/vault.ts';
import { ConfigFile } from '../config/file.ts';
import { pricesReady } from '../ledger/prices.ts';
import type { RequestRecord } from '../ledger/record.ts';
import { openLog } from '../log/log.ts';
import { Redactor } from '../log/redact/redactor.ts';
import { createApp } from './app.ts';
import { build } from './build.ts';
import { FIRST_KEY, FIRST_KEY_SECRET } from './first-key.ts';

export { FIRST_KEY_SECRET };

export interface StartOptions {
  dataDir: string;
  /** 0 for any free port. */
  port?: number;
  /** Another address than loopback only when the user asks for it. */
  host?: string;
  vault?: Vault;
  log?: (line: string) => void;
  env?: Record<string, string | undefined>;
}

export interface RunningGateway {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  /** The key of this installation. */
  key: string;
  /** True when the key was made by this start. */
  keyIsNew: boolean;
  records(): RequestRecord[];
  close(): Promise<void>;
}

/** Who is given the log's lines has times of his own. */
const LOG_TIME = /^\S+Z /;

/** Starts the gateway on loopback, both families. Throws ConfigError for a broken config, and EADDRINUSE as Node has it. */
export async function startGateway(options: StartOptions): Promise<RunningGateway> {
  const vault = options.vault ?? new FileVault(options.dataDir);
  const file = new ConfigFile(options.dataDir);
  await file.load();
  const redactor = new Redactor();
  const echo = (line: string): void => options.log?.(line.replace(LOG_TIME, ''));
  const logs = openLog({ folder: options.dataDir, level: file.current.settings.logs.level, echo, redactor });
  const log = (line: string): void => logs.info(line);
  const { key, isNew } = await firstKey(file, vault);
  redactor.add(key);
  const { gateway, stop } = await build(file, vault, options.env ?? {}, logs, redactor);
  const app = createApp(gateway);
  const servers = await listen(app.fetch, options.port ?? 20128, options.host, log).catch(async (error: unknown) => {
    file.close();
    await stop();
    throw error;
  });
  const { port } = servers[0].address() as AddressInfo;
  // Not before: neither is needed to listen, and prices take some 30 ms to load.
  pricesReady().catch((error: unknown) => logs.warn(`list prices could not be loaded: ${String(error)}`));
  void gateway.models.list(gateway.accounts(), 0);
  return {
    url: `http://${options.host && !options.host.includes(':') ? options.host : '127.0.0.1'}:${port}`,
    port,
    key,
    keyIsNew: isNew,
    records: () => gateway.records.list(),
    close: async () => {
      file.close();
      await Promise.all(servers.map(closeServer));
      await stop();
    },
  };
}

async function firstKey(file: ConfigFile, vault: Vault): Promise<{ key: string; isNew: boolean }> {
  const kept = file.current.keys.some((entry) => entry.name === FIRST_KEY) ? await vault.get(FIRST_KEY_SECRET) : undefined;
  if (kept) return { key: kept, isNew: false };
  const key = await file.update((config) => {
    config.keys = config.keys.filter((entry) => entry.name !== FIRST_KEY);
    return addKey(config, FIRST_KEY, { admin: true }, new Date()).key;
  });
  await vault.set(FIRST_KEY_SECRET, key);
  return { key, isNew: true };
}

type Fetch = ReturnType<typeof createApp>['fetch'];

/** Both loopback addresses, since `localhost` means either; one other address when asked for. */
async function listen(fetch: Fetch, port: number, host: string | undefined, log: (line: string) => void): Promise<[Server, ...Server[]]> {
  const first = await bind(fetch, port, host ?? '127.0.0.1');
  if (host !== undefined && host !== '127.0.0.1' && host !== 'localhost') return [first];
  const { port: bound } = first.address() as AddressInfo;
  try {
    return [first, await bind(fetch, bound, '::1')];
  } catch (error) {
    log(`not listening on [::1]:${bound}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    return [first];
  }
}

function bind(fetch: Fetch, port: number, host: string): Promise<Server> {
  // Node's own limit of 300 s a request would cut long answers; ours are in settings.timeouts.
  const server = createAdaptorServer({
    fetch,
    serverOptions: { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 65_000 },
    overrideGlobalObjects: false,
  }) as Server;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
