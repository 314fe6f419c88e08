import { FileVault } from '../accounts/file-vault.ts';
import type { Vault } from '../accounts/vault.ts';
import { ConfigFile } from '../config/file.ts';
import { writeRuntimeFile } from '../config/runtime-file.ts';
import { pricesReady } from '../ledger/prices.ts';
import type { RequestRecord } from '../ledger/record.ts';
import { openLog } from '../log/log.ts';
import { Redactor } from '../log/redact/redactor.ts';
import type { Bridge } from '../upstream/bridge.ts';
import { createApp } from './app.ts';
import { build } from './build.ts';
import { FIRST_KEY_SECRET } from './first-key.ts';
import { Watchers } from './handshake.ts';
import { installationKey } from './installation-key.ts';
import { type Fetch, type Listener, listen } from './listener.ts';

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
  /** The way to the models of the editor that runs this gateway. */
  bridge?: Bridge;
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
/** Windows wait so long at most until what is to outlive this gateway is saved, then the next one takes over. */
const HANDOVER_MS = 400;

/**
 * Starts the gateway on loopback, both families, and tells so in `gateway.json`. Throws ConfigError for a broken config, and EADDRINUSE
 * as Node has it. The port comes first: of gateways that start at once on one folder, all but one end before they have touched
 * anything, and requests that come early wait.
 */
export async function startGateway(options: StartOptions): Promise<RunningGateway> {
  const file = new ConfigFile(options.dataDir);
  await file.load();
  const redactor = new Redactor();
  const echo = (line: string): void => options.log?.(line.replace(LOG_TIME, ''));
  const logs = openLog({ folder: options.dataDir, level: file.current.settings.logs.level, echo, redactor });
  const watchers = new Watchers();
  const app = deferred<Fetch>();
  const port = options.port ?? 20128;
  const listener = await listen(app.fetch, watchers, { port, host: options.host, log: (line) => logs.info(line) });
  const url = `http://${options.host && !options.host.includes(':') ? options.host : '127.0.0.1'}:${listener.port}`;
  const forget = await writeRuntimeFile(options.dataDir, { url, pid: process.pid });
  try {
    const vault = options.vault ?? new FileVault(options.dataDir);
    const { key, isNew } = await installationKey(file, vault);
    redactor.add(key);
    const { gateway, stop } = await build(file, vault, options.env ?? {}, logs, redactor, options.bridge);
    app.resolve(createApp(gateway, watchers).fetch);
    // Not before: neither is needed to listen, and prices take some 30 ms to load.
    pricesReady().catch((error: unknown) => logs.warn(`list prices could not be loaded: ${String(error)}`));
    void gateway.models.list(gateway.accounts(), 0);
    const close = async (): Promise<void> => {
      file.close();
      await handOver(listener, forget, stop);
    };
    return { url, port: listener.port, key, keyIsNew: isNew, records: () => gateway.records.list(), close };
  } catch (error) {
    file.close();
    await handOver(listener, forget, () => logs.close());
    throw error;
  }
}

/** What is asked before the app is there waits for it. */
function deferred<T extends Fetch>(): { fetch: Fetch; resolve(fetch: T): void } {
  let now: Fetch | undefined;
  let resolve: (fetch: Fetch) => void = () => {};
  const later = new Promise<Fetch>((settle) => {
    resolve = settle;
  });
  return {
    fetch: (...args) => (now ? now(...args) : later.then((fetch) => fetch(...args))),
    resolve: (fetch) => {
      now = fetch;
      resolve(fetch);
    },
  };
}

/** Frees the port, saves, and only then lets those who watch know: the next gateway finds everything saved, and the ledger unlocked. */
async function handOver(listener: Listener, forget: () => Promise<void>, stop: () => Promise<void>): Promise<void> {
  await forget();
  const stopped = listener.stop().then(stop);
  const timer = setTimeout(() => listener.end(), HANDOVER_MS);
  try {
    await stopped;
  } finally {
    clearTimeout(timer);
    listener.end();
  }
}
