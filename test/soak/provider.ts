import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { modelListFor } from '../upstream/model-lists.ts';
import { dialectOfPath, type Script, scriptOf } from './answers.ts';
import { serveParent } from './child.ts';
import { type Fault, failWith, faultAt } from './faults.ts';
import { questionIn } from './question.ts';

/** Addresses of the shaky providers, and of the one that always answers. */
export interface ProvidersReady {
  shaky: string[];
  steady: string;
}

/** How often each thing was done. */
export type ProvidersReport = Record<string, number>;

const FAULT_SHARE = Number(process.argv[2] ?? 0.2);
/** Between two events of a stream, on average. */
const GAP_MS = Number(process.argv[3] ?? 5);
const done: ProvidersReport = {};

async function answer(request: IncomingMessage, response: ServerResponse, isShaky: boolean): Promise<void> {
  const list = request.method === 'GET' ? modelListFor(request.url ?? '') : undefined;
  if (list) {
    response.setHeader('content-type', 'application/json').end(JSON.stringify(list));
    return;
  }
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  const body = Buffer.concat(pieces).toString();
  const question = questionIn(body);
  if (!question) throw new Error(`no question in ${request.url}: ${body.slice(0, 300)}`);
  const path = request.url ?? '';
  const script = scriptOf(dialectOfPath(path), question);
  const streamed = path.includes(':streamGenerateContent') || /"stream"\s*:\s*true/.test(body);
  // A question that is to be cut must get as far as its text.
  const fault = isShaky && !question.cut && Math.random() < FAULT_SHARE ? faultAt(Math.random()) : undefined;
  count(question.cut ? 'a cut after text' : (fault ?? (isShaky ? 'answered' : 'answered by the steady one')));
  if (fault && fault !== 'a slow trickle') failWith(fault, response, streamed, script);
  else await speak(response, script, { streamed, cut: question.cut, slow: fault === 'a slow trickle' });
}

interface Manner {
  streamed: boolean;
  cut: boolean;
  slow: boolean;
}

async function speak(response: ServerResponse, script: Script, { streamed, cut, slow }: Manner): Promise<void> {
  const bytes = Buffer.from(streamed ? '' : script.whole);
  const events = streamed ? [...script.head, ...script.texts, ...script.tail] : [bytes.subarray(0, 30), bytes.subarray(30)];
  const last = cut ? script.head.length + Math.ceil(script.texts.length / 2) : events.length;
  response.writeHead(200, { 'content-type': streamed ? 'text/event-stream' : 'application/json' });
  for (const event of events.slice(0, last)) {
    if (response.destroyed) return;
    await (slow ? trickle(response, Buffer.from(event)) : say(response, event));
  }
  if (cut) response.destroy();
  else response.end();
}

async function say(response: ServerResponse, event: string | Uint8Array): Promise<void> {
  response.write(event);
  await wait(GAP_MS * 2 * Math.random());
}

/** Each event in three pieces, cut anywhere, each late. */
async function trickle(response: ServerResponse, event: Buffer): Promise<void> {
  const [a, b] = [Math.random(), Math.random()].map((share) => Math.floor(share * event.length)).sort((one, two) => one - two);
  for (const piece of [event.subarray(0, a), event.subarray(a, b), event.subarray(b)]) {
    if (piece.length > 0 && !response.destroyed) response.write(piece);
    await wait(GAP_MS * 2);
  }
}

function count(what: Fault | string): void {
  done[what] = (done[what] ?? 0) + 1;
}

async function serve(isShaky: boolean): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    answer(request, response, isShaky).catch((error: unknown) => {
      count(`PROBLEM ${String(error)}`.slice(0, 300));
      response.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const shaky = await Promise.all(Array.from({ length: 4 }, () => serve(true)));
const steady = await serve(false);
serveParent<ProvidersReady, ProvidersReport>(
  { shaky: shaky.map(({ url }) => url), steady: steady.url },
  () => Promise.resolve(done),
  () => Promise.resolve(),
);
