import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Agent, buildConnector, type Dispatcher, errors, ProxyAgent, request, Socks5ProxyAgent } from 'undici';
import { GatewayError } from '../conversation/error.ts';
import { VERSION } from '../version.ts';
import { type Bridge, isBridged, sendOverBridge } from './bridge.ts';

export interface UpstreamRequest {
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal: AbortSignal;
  /** Proxy of this account alone. */
  proxy?: string | null;
}

export interface UpstreamResponse {
  status: number;
  /** Lower-case names; repeated headers joined with a comma. */
  headers: Record<string, string>;
  body: Readable;
}

const USER_AGENT = `OmniRoute/${VERSION}`;

/**
 * Every call to a provider goes through here: one pool of kept-alive connections an origin and proxy, no timers of undici's own
 * (the caller's `Watchdog` has them), no redirects, an honest User-Agent.
 */
export class Upstream {
  readonly #connectMs: number;
  readonly #bridge: Bridge | undefined;
  readonly #direct: Agent;
  readonly #proxies = new Map<string, Dispatcher>();

  constructor(connectMs: number, bridge?: Bridge) {
    this.#connectMs = connectMs;
    this.#bridge = bridge;
    this.#direct = new Agent(this.#options());
  }

  /**
   * Resolves when the status line and headers are there. Rejects with a GatewayError: class `network`, or whatever
   * GatewayError the signal was aborted with.
   */
  async send(call: UpstreamRequest): Promise<UpstreamResponse> {
    try {
      if (isBridged(call.url)) return await sendOverBridge(this.#bridge, call);
      const response = await request(call.url, {
        method: call.method,
        headers: { 'user-agent': USER_AGENT, 'accept-encoding': 'identity', ...call.headers },
        body: call.body ?? null,
        signal: call.signal,
        dispatcher: this.#dispatcher(call.proxy),
      });
      const headers = plainHeaders(response.headers);
      return { status: response.statusCode, headers, body: decoded(response.body, headers['content-encoding']) };
    } catch (error) {
      throw asGatewayError(error, call);
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#direct, ...this.#proxies.values()].map((dispatcher) => dispatcher.destroy()));
  }

  #options() {
    return { headersTimeout: 0, bodyTimeout: 0, keepAliveTimeout: 30_000, connect: { timeout: this.#connectMs, autoSelectFamily: true } };
  }

  #dispatcher(proxy: string | null | undefined): Dispatcher {
    if (!proxy) return this.#direct;
    let dispatcher = this.#proxies.get(proxy);
    if (!dispatcher) {
      const options = this.#options();
      dispatcher = proxy.startsWith('socks')
        ? new Socks5ProxyAgent(proxy, { ...options, connect: buildConnector(options.connect) })
        : new ProxyAgent({ uri: proxy, ...options });
      this.#proxies.set(proxy, dispatcher);
    }
    return dispatcher;
  }
}

/** A failure to reach or hear a provider. The URL's origin alone is named: a query may hold a key. */
export function asGatewayError(error: unknown, call: { url: string; signal: AbortSignal }): GatewayError {
  if (error instanceof GatewayError) return error;
  if (call.signal.aborted && call.signal.reason instanceof GatewayError) return call.signal.reason;
  const origin = URL.canParse(call.url) ? new URL(call.url).host : 'the provider';
  const code = codeOf(error);
  return new GatewayError({
    class: 'network',
    code: NETWORK_CODES[code] ?? 'connection_failed',
    message: `${describe(code)} (${origin})`,
    cause: error,
  });
}

const NETWORK_CODES: Record<string, string> = {
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
  ECONNREFUSED: 'connection_refused',
  ENOTFOUND: 'host_not_found',
  EAI_AGAIN: 'host_not_found',
  ECONNRESET: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  UND_ERR_ABORTED: 'connection_reset',
};

function describe(code: string): string {
  switch (NETWORK_CODES[code]) {
    case 'connect_timeout':
      return 'The provider could not be reached in time';
    case 'connection_refused':
      return 'The provider refuses connections';
    case 'host_not_found':
      return "The provider's host name cannot be resolved";
    case 'connection_reset':
      return 'The provider closed the connection before its answer was complete';
    default:
      return code.startsWith('ERR_TLS') || code.includes('CERT')
        ? `The provider's certificate was not accepted: ${code}`
        : 'The connection to the provider failed';
  }
}

function codeOf(error: unknown): string {
  if (error instanceof errors.SocketError) return 'UND_ERR_SOCKET';
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  const cause = (error as { cause?: unknown } | null)?.cause;
  return cause === undefined ? '' : codeOf(cause);
}

function plainHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const plain: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return plain;
}

/** Some hosts compress although `identity` was asked for. */
function decoded(body: Readable, encoding: string | undefined): Readable {
  const unpack =
    encoding === 'gzip' || encoding === 'x-gzip'
      ? createGunzip()
      : encoding === 'br'
        ? createBrotliDecompress()
        : encoding === 'deflate'
          ? createInflate()
          : undefined;
  if (!unpack) return body;
  return pipeline(body, unpack, () => {});
}
