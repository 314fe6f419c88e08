import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Env } from './context.ts';
import type { Watchers } from './handshake.ts';

export type Fetch = Hono<Env>['fetch'];

/** The sockets a gateway listens on, and the connections to them. */
export class Listener {
  readonly port: number;
  readonly #servers: readonly Server[];
  readonly #sockets = new Set<Socket>();
  readonly #watchers: Watchers;

  constructor(servers: readonly [Server, ...Server[]], watchers: Watchers) {
    this.#servers = servers;
    this.#watchers = watchers;
    this.port = (servers[0].address() as AddressInfo).port;
    for (const server of servers) {
      server.on('connection', (socket: Socket) => {
        this.#sockets.add(socket);
        socket.once('close', () => this.#sockets.delete(socket));
      });
    }
  }

  /** From now on the port is free and nothing runs, but who watches is not told yet. */
  async stop(): Promise<void> {
    for (const server of this.#servers) server.close();
    const working = [...this.#sockets].filter((socket) => !this.#watchers.holds(socket));
    const closed = working.map((socket) => once(socket, 'close'));
    for (const socket of working) socket.destroy();
    await Promise.all(closed);
  }

  /** The last connections end: windows look for the next gateway. */
  end(): void {
    this.#watchers.end();
    for (const server of this.#servers) server.closeAllConnections();
  }
}

/** Both loopback addresses, since `localhost` means either; one other address when asked for. Rejects with EADDRINUSE as Node has it. */
export async function listen(
  fetch: Fetch,
  watchers: Watchers,
  { port, host, log }: { port: number; host: string | undefined; log: (line: string) => void },
): Promise<Listener> {
  const first = await bind(fetch, port, host ?? '127.0.0.1');
  if (host !== undefined && host !== '127.0.0.1' && host !== 'localhost') return new Listener([first], watchers);
  const { port: bound } = first.address() as AddressInfo;
  try {
    return new Listener([first, await bind(fetch, bound, '::1')], watchers);
  } catch (error) {
    log(`not listening on [::1]:${bound}: ${(error as NodeJS.ErrnoException).code ?? String(error)}`);
    return new Listener([first], watchers);
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
