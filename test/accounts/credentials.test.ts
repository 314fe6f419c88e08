import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Account, Credentials } from '../../src/accounts/account.ts';
import type { JsonObject } from '../../src/conversation/json.ts';
import { gemini } from '../../src/dialects/gemini/index.ts';
import { attempt } from '../../src/routing/attempt.ts';
import type { Answer, Exchange } from '../../src/routing/exchange.ts';
import { RefusedParameters } from '../../src/routing/refused-parameters.ts';
import { SignatureBook } from '../../src/routing/signatures/book.ts';
import type { Target } from '../../src/routing/target.ts';
import { Upstream, type UpstreamRequest, type UpstreamResponse } from '../../src/upstream/http.ts';
import { targetFor } from '../routing/targets.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const KEY_FILE = JSON.stringify({
  type: 'service_account',
  project_id: 'p-1',
  private_key: privateKey,
  client_email: 'robot@p-1.iam.gserviceaccount.com',
});

/** Google's token endpoint has a fixed address: here it stands on the loopback, beside a Vertex that takes one token only. */
class Loopback extends Upstream {
  /** Through which proxy each token was asked for. */
  readonly proxies: (string | null | undefined)[] = [];
  readonly #base: string;

  constructor(base: string) {
    super(1000);
    this.#base = base;
  }

  override send(call: UpstreamRequest): Promise<UpstreamResponse> {
    if (!call.url.startsWith('https://oauth2.googleapis.com/')) return super.send(call);
    this.proxies.push(call.proxy);
    return super.send({ ...call, url: `${this.#base}/token`, proxy: null });
  }
}

interface Google {
  base: string;
  /** Tokens given so far: `token-1`, `token-2`, … */
  tokens: number;
  /** The one Vertex takes now. */
  valid: string;
  /** Refused and answered requests. */
  refused: number;
  answered: number;
  close(): void;
}

async function google(): Promise<Google> {
  const state: Google = { base: '', tokens: 0, valid: 'token-1', refused: 0, answered: 0, close: () => {} };
  const server: Server = createServer((request, response) => {
    request.resume();
    const reply = (status: number, body: JsonObject) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (request.url === '/token') {
      state.tokens += 1;
      reply(200, { access_token: `token-${state.tokens}`, expires_in: 3599 });
    } else if (request.headers.authorization === `Bearer ${state.valid}` || request.headers['x-goog-api-key'] === state.valid) {
      state.answered += 1;
      reply(200, { candidates: [{ content: { role: 'model', parts: [{ text: 'hi' }] }, finishReason: 'STOP' }] });
    } else {
      state.refused += 1;
      reply(401, { error: { code: 401, status: 'UNAUTHENTICATED', message: 'Request had invalid authentication credentials.' } });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  state.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  state.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return state;
}

describe('an expired token', () => {
  let vertex: Google;
  let upstream: Loopback;
  let secret: string;
  let credentials: Credentials;
  let target: Target;
  beforeEach(async () => {
    vertex = await google();
    upstream = new Loopback(vertex.base);
    secret = KEY_FILE;
    const vault = { get: async () => secret, set: async () => {}, delete: async () => {} };
    credentials = new Credentials(vault, {}, upstream);
    const made = targetFor({ account: 'v', provider: 'vertex', dialect: 'gemini', baseUrl: `${vertex.base}/v1` });
    const account: Account = { ...made.account, config: { ...made.account.config, credential: { secret: 'account/v' } } };
    target = { ...made, account };
  });
  afterEach(async () => {
    await upstream.close();
    vertex.close();
  });

  const body: JsonObject = { contents: [{ role: 'user', parts: [{ text: 'hello' }] }] };
  const ask = (): Promise<Answer> => {
    const read = gemini.readRequest(body, { model: 'model', stream: false });
    if (!read.ok) throw read.error;
    const exchange: Exchange = {
      id: 'x',
      client: gemini,
      request: read.value,
      body: JSON.stringify(body),
      parsed: body,
      expanded: false,
      headers: {},
      signal: new AbortController().signal,
      warn: () => {},
      now: Date.now,
      newId: () => 'id',
    };
    const timeouts = { connectMs: 5000, firstByteMs: 5000, idleMs: 5000, totalMs: 5000 };
    const refused = new RefusedParameters();
    return attempt(exchange, target, { upstream, timeouts, reasoningHoldMs: 0, credentials, refused, signatures: new SignatureBook() });
  };

  it('is renewed once by fifty requests that meet it, and all are answered', async () => {
    await ask();
    expect(vertex).toMatchObject({ tokens: 1, answered: 1, refused: 0 });
    vertex.valid = 'token-2';
    const answers = await Promise.all(Array.from({ length: 50 }, ask));
    expect(answers.map((answer) => answer.kind)).toEqual(Array(50).fill('whole'));
    expect(vertex).toMatchObject({ tokens: 2, answered: 51 });
    await ask();
    expect(vertex.tokens).toBe(2);
  });

  it('is not renewed by a late refusal of the old one', async () => {
    await ask();
    vertex.valid = 'token-2';
    await ask();
    await credentials.refused(target.account, 'token-1');
    await ask();
    expect(vertex.tokens).toBe(2);
  });

  it('is renewed once a request: what is refused again is the caller’s', async () => {
    vertex.valid = 'nobody’s';
    await expect(ask()).rejects.toMatchObject({ class: 'auth', status: 401 });
    expect(vertex).toMatchObject({ tokens: 2, refused: 2 });
  });

  it('is asked for through the account’s own proxy', async () => {
    await credentials.of({ ...target.account, config: { ...target.account.config, proxy: 'http://127.0.0.1:3128' } });
    expect(upstream.proxies).toEqual(['http://127.0.0.1:3128']);
  });

  it('cannot be renewed where the account has a plain key: it is asked with once', async () => {
    secret = 'AIza-refused';
    await expect(ask()).rejects.toMatchObject({ class: 'auth', status: 401 });
    expect(vertex).toMatchObject({ tokens: 0, refused: 1 });
  });
});
