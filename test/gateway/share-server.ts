import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GatewayError } from '../../src/conversation/error.ts';
import { readBody } from '../../src/gateway/body.ts';
import { abortWhenGone } from '../../src/gateway/client-gone.ts';
import type { ReplySurface } from '../../src/gateway/forwarding-reply.ts';
import { Reply } from '../../src/gateway/reply.ts';
import { idempotencyKeyOf, shareKey } from '../../src/gateway/share/share-key.ts';
import { SharedAnswers } from '../../src/gateway/share/shared-answers.ts';
import { SharedReply } from '../../src/gateway/share/shared-reply.ts';

/** One piece of work a leader does: the test says what it writes, and when. */
export interface Work {
  id: string;
  body: string;
  reply: ReplySurface;
  signal: AbortSignal;
  done(): void;
  fail(error: GatewayError): void;
}

export interface ShareServer {
  url: string;
  shared: SharedAnswers;
  /** Milliseconds, moved by the test. */
  clock: { now: number };
  /** The next request that became a leader, once it has. */
  work(): Promise<Work>;
  /** Resolves when so many followers have joined in all. */
  followed(count: number): Promise<void>;
  /** Resolves when so many connections were closed by their clients. */
  left(count: number): Promise<void>;
  started: number;
  close(): Promise<void>;
}

/** A server whose handler does what a chat turn does around a shared answer. */
export async function shareServer(bounds: ConstructorParameters<typeof SharedAnswers>[0] = {}): Promise<ShareServer> {
  const shared = new SharedAnswers(bounds);
  const clock = { now: 1_000_000 };
  const works = new Queue<Work>();
  const followers = new Counter();
  const leavers = new Counter();
  let requests = 0;
  let started = 0;

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    requests += 1;
    const id = `req-${requests}`;
    const own = new Reply(outgoing, () => clock.now);
    const abort = new AbortController();
    const body = await readBody(incoming, 1 << 20);
    const key = shareKey({
      gatewayKeyId: String(incoming.headers.authorization ?? ''),
      path: incoming.url ?? '',
      idempotencyKey: idempotencyKeyOf((name) => incoming.headers[name] as string | undefined),
      body,
      shareIdentical: incoming.headers['x-share-identical'] === 'yes',
    });
    const joined = key === undefined ? undefined : shared.join(key, id, clock.now);
    if (joined?.role === 'follower') {
      abortWhenGone(outgoing, abort);
      outgoing.once('close', () => outgoing.writableFinished || leavers.add());
      followers.add();
      try {
        await joined.follower.deliver(own, id, abort.signal);
      } catch (error) {
        tell(own, error, id);
      }
      own.end();
      return;
    }
    const gone = new GatewayError({ class: 'cancelled', code: 'client_closed', message: 'gone' });
    joined?.answer.onDeserted(() => abort.abort(gone));
    outgoing.once('close', () => {
      if (outgoing.writableFinished) return;
      if (joined?.answer.detach() ?? true) abort.abort(gone);
      leavers.add();
    });
    const reply = joined ? new SharedReply(own, joined.answer, () => outgoing.destroyed) : own;
    started += 1;
    works.add({
      id,
      body,
      reply,
      signal: abort.signal,
      done: () => reply.end(),
      fail: (error) => {
        if (reply instanceof SharedReply) reply.fail(error);
        tell(own, error, id);
        reply.end();
      },
    });
  };

  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    shared,
    clock,
    work: () => works.next(),
    followed: (count) => followers.reach(count),
    left: (count) => leavers.reach(count),
    get started() {
      return started;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An error as the dialect of this test tells it, before or inside a stream. */
function tell(reply: ReplySurface, error: unknown, id: string): void {
  const code = error instanceof GatewayError ? error.code : String(error);
  const text = `error ${code} ${id}`;
  if (reply.begun) void reply.write(text);
  else reply.whole(error instanceof GatewayError ? error.status : 500, text, { 'x-request-id': id });
}

export interface Heard {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Client {
  /** The head of the answer. */
  head: Promise<IncomingMessage>;
  /** The whole answer, once it is out. */
  heard: Promise<Heard>;
  leave(): void;
}

/** Asks; `slow` reads nothing until `heard` is asked for by `resume`. */
export function ask(server: ShareServer, headers: Record<string, string>, body = '{"q":1}', paused = false): Client & { resume(): void } {
  const request = httpRequest(`${server.url}/v1/chat/completions`, { method: 'POST', headers, agent: false });
  const head = new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });
  head.catch(() => undefined);
  const resumed = paused ? new Gate() : undefined;
  const heard = head.then(async (response) => {
    await resumed?.opened;
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return { status: response.statusCode ?? 0, headers: response.headers, text };
  });
  heard.catch(() => undefined);
  request.end(body);
  return { head, heard, leave: () => request.destroy(), resume: () => resumed?.open() };
}

class Gate {
  open: () => void = () => {};
  readonly opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });
}

class Queue<T> {
  readonly #items: T[] = [];
  readonly #wanted: ((item: T) => void)[] = [];

  add(item: T): void {
    const wanted = this.#wanted.shift();
    if (wanted) wanted(item);
    else this.#items.push(item);
  }

  next(): Promise<T> {
    const item = this.#items.shift();
    return item === undefined ? new Promise((resolve) => this.#wanted.push(resolve)) : Promise.resolve(item);
  }
}

class Counter {
  #count = 0;
  #waiting: [number, () => void][] = [];

  add(): void {
    this.#count += 1;
    for (const [count, resolve] of this.#waiting) if (count <= this.#count) resolve();
    this.#waiting = this.#waiting.filter(([count]) => count > this.#count);
  }

  reach(count: number): Promise<void> {
    return this.#count >= count ? Promise.resolve() : new Promise((resolve) => this.#waiting.push([count, resolve]));
  }
}
