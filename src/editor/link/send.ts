import { type Agent, ClientRequest, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Endpoint, LinkRequest } from './link.ts';

/**
 * No answer. `refused`: nobody took the connection, so nothing was sent. `cut`: it ended before an answer began; what was sent may have
 * been read.
 */
export class Unanswered extends Error {
  override readonly name = 'Unanswered';
  readonly how: 'refused' | 'cut';

  constructor(how: 'refused' | 'cut', cause: Error) {
    super(cause.message, { cause });
    this.how = how;
  }
}

const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/**
 * One request to the gateway. Not by `fetch` or `http.request`: the editor replaces both by ones that know of proxies and certificates,
 * and the key must go to loopback and nowhere else. Rejects with Unanswered, or with the signal's reason.
 */
export function send({ port, key }: Pick<Endpoint, 'port' | 'key'>, path: string, request: LinkRequest, agent: Agent): Promise<Response> {
  const { method = 'GET', body, headers = {}, signal } = request;
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const call = new ClientRequest({
      host: '127.0.0.1',
      port,
      path,
      method,
      agent,
      headers: {
        ...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...headers,
        authorization: `Bearer ${key}`,
      },
    });
    const abort = (): void => void call.destroy(reasonOf(signal));
    signal?.addEventListener('abort', abort, { once: true });
    call.once('close', () => signal?.removeEventListener('abort', abort));
    call.on('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(signal.reason);
      else reject(new Unanswered(error.code === 'ECONNREFUSED' ? 'refused' : 'cut', error));
    });
    call.once('response', (response) => resolve(responseOf(response, signal)));
    call.end(text);
  });
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return signal?.reason instanceof Error ? signal.reason : new Error('aborted');
}

function responseOf(incoming: IncomingMessage, signal: AbortSignal | undefined): Response {
  const headers = new Headers();
  for (let i = 0; i + 1 < incoming.rawHeaders.length; i += 2)
    headers.append(incoming.rawHeaders[i] ?? '', incoming.rawHeaders[i + 1] ?? '');
  const status = incoming.statusCode ?? 0;
  if (BODILESS.has(status)) {
    incoming.resume();
    return new Response(null, { status, headers });
  }
  return new Response(bodyOf(incoming, signal), { status, headers });
}

/** The body as it comes; cancelled by its reader, or by the signal with the signal's reason. */
function bodyOf(incoming: IncomingMessage, signal: AbortSignal | undefined): ReadableStream<Uint8Array> {
  const abort = (): void => void incoming.destroy(reasonOf(signal));
  signal?.addEventListener('abort', abort, { once: true });
  incoming.once('close', () => signal?.removeEventListener('abort', abort));
  return Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
}
