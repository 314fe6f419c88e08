import { createServer } from 'node:http';
import { CHAT_JSON, CHAT_STREAM, MESSAGE_JSON, MESSAGE_STREAM, SHORT_STREAM } from './answers.ts';
import { listening } from './child.ts';

/** A provider that costs as little as it can: answers serialised beforehand, chunks written one a turn of the loop. */
const server = createServer((request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const asked = Buffer.concat(pieces).toString();
    const anthropic = request.url?.includes('/messages') ?? false;
    if (!/"stream"\s*:\s*true/.test(asked)) {
      const body = anthropic ? MESSAGE_JSON : CHAT_JSON;
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    play(response, asked.includes('short') ? SHORT_STREAM : anthropic ? MESSAGE_STREAM : CHAT_STREAM);
  });
});

function play(response: import('node:http').ServerResponse, chunks: Buffer[]): void {
  let at = 0;
  const step = (): void => {
    const chunk = chunks[at];
    at += 1;
    if (chunk === undefined) response.end();
    else {
      response.write(chunk);
      setImmediate(step);
    }
  };
  step();
}

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => listening(server));
