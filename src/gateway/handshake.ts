import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import { isAdmin } from '../accounts/gateway-keys.ts';
import type { Env, Gateway } from './context.ts';
import { FIRST_KEY } from './first-key.ts';
import { NONCE_HEADER, proofOf, WATCH_HEADER } from './proof.ts';

const NONCE = /^[\w-]{16,128}$/;
/** No key is asked for, so there is an end to how many may hold a connection. */
const MOST_WATCHING = 256;

/** Connections of windows that wait for this gateway to end. */
export class Watchers {
  readonly #open = new Set<ServerResponse>();

  /** Keeps an answer open until the gateway ends; false when there are too many. */
  add(outgoing: ServerResponse): boolean {
    if (this.#open.size >= MOST_WATCHING) return false;
    this.#open.add(outgoing);
    outgoing.once('close', () => this.#open.delete(outgoing));
    return true;
  }

  holds(socket: Socket): boolean {
    return [...this.#open].some((outgoing) => outgoing.socket === socket);
  }

  /** Lets them know. */
  end(): void {
    for (const outgoing of this.#open) outgoing.destroy();
  }
}

type Known = Pick<Gateway, 'config' | 'version'>;

/**
 * `GET /health` with a nonce: proves that this is the gateway of this installation, before any key is sent to it. With the watch header
 * the answer does not end until the gateway does, so that a window knows at once, and knows that who answered is still there.
 * `undefined` when this is no handshake.
 */
export function handshake(c: Context<Env>, gateway: Known, watchers: Watchers): Response | undefined {
  const nonce = c.req.header(NONCE_HEADER);
  if (c.req.method !== 'GET' || c.req.path !== '/health' || nonce === undefined || !NONCE.test(nonce)) return undefined;
  const hash = provingHash(gateway);
  const port = c.env.incoming.socket.localPort;
  if (hash === undefined || port === undefined) return undefined;
  const said = { nonce, port, pid: process.pid, version: gateway.version };
  const body = { status: 'ok', name: 'omniroute', version: said.version, pid: said.pid, proof: proofOf(hash, said) };
  const outgoing = c.env.outgoing as ServerResponse;
  if (c.req.header(WATCH_HEADER) !== '1' || !watchers.add(outgoing)) return c.json(body);
  outgoing.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store', connection: 'close' });
  outgoing.write(`${JSON.stringify(body)}\n`);
  return RESPONSE_ALREADY_SENT;
}

/** Of an admin key only: who has a lesser key must not be able to pass for the gateway. */
function provingHash({ config }: Known): string | undefined {
  const { keys } = config();
  return (keys.find(({ name }) => name === FIRST_KEY) ?? keys.find(isAdmin))?.hash;
}
