import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the gateway answered to one request of the tool. */
export interface Answer {
  method: string;
  path: string;
  status: number;
  headers: IncomingHttpHeaders;
  /** Errors and other whole answers; streams are not kept. */
  body: string;
}

export interface Tap {
  origin: string;
  answers: Answer[];
  close(): Promise<void>;
}

/** Stands between the tool and the gateway, passes every byte on and notes the answers: a tool shows no headers. */
export async function startTap(target: string): Promise<Tap> {
  const answers: Answer[] = [];
  const server = createServer((from, to) => forward(target, from, to, answers));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, answers, close };
}

function forward(target: string, from: IncomingMessage, to: ServerResponse, answers: Answer[]): void {
  const url = new URL(target);
  const { method, headers } = from;
  const out = request({ host: url.hostname, port: url.port, path: from.url, method, headers: { ...headers, host: url.host } }, (answer) => {
    const note: Answer = { method: method ?? '', path: from.url ?? '', status: answer.statusCode ?? 0, headers: answer.headers, body: '' };
    answers.push(note);
    to.writeHead(note.status, answer.headers);
    answer.on('data', (piece: Buffer) => {
      if (!String(answer.headers['content-type']).startsWith('text/event-stream')) note.body += piece.toString('utf8');
    });
    answer.pipe(to);
  });
  out.on('error', () => to.destroy());
  to.on('close', () => out.destroy());
  from.pipe(out);
}
