import type { IncomingMessage } from 'node:http';

/** One request as it arrived, and what became of its connection. */
export interface SeenRequest {
  method: string;
  /** Path with query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The body parsed; throws when it is not JSON. */
  json(): Record<string, unknown>;
  /** Resolves with `performance.now()` when the other side closes before the answer is whole. */
  aborted: Promise<number>;
  abortedAt: number | undefined;
}

/** Reads the request's body; gives `undefined` when the other side went away meanwhile. */
export async function seenRequest(request: IncomingMessage, aborted: Promise<number>): Promise<SeenRequest | undefined> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of request) pieces.push(piece as Buffer);
  } catch {
    return undefined;
  }
  const body = Buffer.concat(pieces).toString();
  const seen: SeenRequest = {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body,
    json: () => JSON.parse(body) as Record<string, unknown>,
    aborted,
    abortedAt: undefined,
  };
  aborted.then((at) => {
    seen.abortedAt = at;
  });
  return seen;
}
