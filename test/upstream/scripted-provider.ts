import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { modelListFor } from './model-lists.ts';
import type { Reply, Step } from './reply.ts';
import { type SeenRequest, seenRequest } from './seen-request.ts';

/** A provider on a real socket that answers as it was told, in order, and remembers what it was asked. */
export interface ScriptedProvider {
  /** `http://127.0.0.1:PORT`, no path: bases such as `/v1` are the test's own. */
  url: string;
  /** Answers the next request so. */
  script(...replies: Reply[]): void;
  /** Answers every request so that finds no scripted reply; `undefined` takes it back. */
  always(reply: Reply | undefined): void;
  /** Answers every request for a model list so; `undefined`: with a list of one model. */
  lists(reply: Reply | undefined): void;
  /** Requests in order of arrival; model lists and `HEAD` apart. */
  seen: SeenRequest[];
  /** Requests for model lists while `lists` said what to answer. */
  listsSeen: SeenRequest[];
  /** The next request to arrive (or one that arrived and was not yet asked for). */
  next(): Promise<SeenRequest>;
  /** Forgets what was asked and scripted: between the cases of one file. Throws like `close` first. */
  reset(): void;
  /** Throws when a scripted reply stayed unused or a request came unexpected. */
  close(): Promise<void>;
}

class Script {
  readonly replies: Reply[] = [];
  standing: Reply | undefined;
  list: Reply | undefined;
  readonly listsSeen: SeenRequest[] = [];
  readonly unexpected: string[] = [];
  readonly seen: SeenRequest[] = [];
  #handed = 0;
  readonly #waiting: ((seen: SeenRequest) => void)[] = [];

  arrive(seen: SeenRequest): Reply | undefined {
    this.seen.push(seen);
    const waiting = this.#waiting.shift();
    if (waiting) {
      this.#handed += 1;
      waiting(seen);
    }
    const reply = this.replies.shift() ?? this.standing;
    if (!reply) this.unexpected.push(`${seen.method} ${seen.path}`);
    return reply;
  }

  next(): Promise<SeenRequest> {
    const seen = this.seen[this.#handed];
    if (seen) {
      this.#handed += 1;
      return Promise.resolve(seen);
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Names what went against the script, and starts afresh. */
  settle(): string[] {
    const complaints = [
      ...this.replies.map((reply) => `scripted but never asked for: ${reply.label}`),
      ...this.unexpected.map((request) => `asked but not scripted: ${request}`),
    ];
    this.replies.length = 0;
    this.unexpected.length = 0;
    this.seen.length = 0;
    this.#handed = 0;
    this.standing = undefined;
    this.list = undefined;
    this.listsSeen.length = 0;
    return complaints;
  }
}

/** Starts one on a free port of the loopback. */
export async function scriptedProvider(): Promise<ScriptedProvider> {
  const script = new Script();
  const server = createServer((request, response) => {
    answer(script, request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    script: (...replies) => void script.replies.push(...replies),
    always: (reply) => {
      script.standing = reply;
    },
    lists: (reply) => {
      script.list = reply;
    },
    seen: script.seen,
    listsSeen: script.listsSeen,
    next: () => script.next(),
    reset: () => complain(script),
    close: async () => {
      await stop(server);
      complain(script);
    },
  };
}

/**
 * A base URL on which nothing listens: connections are refused. A privileged port that no service has (IANA: 4 is unassigned), since a
 * free one could be given to somebody else meanwhile.
 */
export function refusingUrl(): Promise<string> {
  return Promise.resolve('http://127.0.0.1:4');
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function complain(script: Script): void {
  const complaints = script.settle();
  if (complaints.length > 0) throw new Error(`The scripted provider: ${complaints.join('; ')}`);
}

async function answer(script: Script, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const aborted = new Promise<number>((resolve) => {
    response.once('close', () => {
      if (!response.writableFinished) resolve(performance.now());
    });
  });
  const list = request.method === 'GET' ? modelListFor(request.url ?? '') : undefined;
  if (list && !script.list) {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(list));
    return;
  }
  const seen = await seenRequest(request, aborted);
  if (!seen) return;
  if (list) script.listsSeen.push(seen);
  const reply = (list ? script.list : script.arrive(seen)) ?? UNSCRIPTED;
  await Promise.race([reply.before, aborted]);
  if (reply.head) response.writeHead(reply.head.status, reply.head.headers).flushHeaders();
  for (const step of reply.steps) if (!(await take(step, response, aborted))) return;
}

const UNSCRIPTED: Reply = {
  label: 'unscripted',
  head: { status: 418, headers: { 'content-type': 'application/json' } },
  steps: [{ do: 'send', bytes: '{"error":{"message":"This request was not scripted."}}' }, { do: 'end' }],
};

/** One step; false when the answer is over. */
async function take(step: Step, response: ServerResponse, aborted: Promise<number>): Promise<boolean> {
  switch (step.do) {
    case 'send':
      return send(response, step.bytes);
    case 'wait':
      await Promise.race([step.until, aborted]);
      return !response.destroyed;
    case 'end':
      response.end();
      return false;
    case 'destroy':
      response.socket?.destroy();
      return false;
    case 'reset':
      response.socket?.resetAndDestroy();
      return false;
    case 'hang':
      await aborted;
      return false;
    case 'drip':
      await drip(response, step.pieces, step.everyMs);
      return false;
  }
}

async function drip(response: ServerResponse, pieces: readonly (string | Uint8Array)[], everyMs: number): Promise<void> {
  for (let at = 0; !response.destroyed; at = (at + 1) % pieces.length) {
    await send(response, pieces[at] ?? '');
    await setTimeout(everyMs);
  }
}

/** Each write leaves as a packet of its own where it can: the next waits until the kernel has it. */
function send(response: ServerResponse, bytes: string | Uint8Array): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false);
  return new Promise((resolve) => {
    response.write(bytes, (error) => resolve(!error));
  });
}
