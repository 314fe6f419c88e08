import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A provider that knows one key, and remembers what it was asked. */
export interface KeyProvider {
  /** Base URL with `/v1`. */
  url: string;
  /** `GET /v1/models` and so on, in order. */
  asked: string[];
  close(): Promise<void>;
}

export const RIGHT_KEY = 'sk-right-0123456789';
/** What it says to every other key. */
export const REFUSAL = 'Incorrect API key provided. You can find yours at the console.';

const reply = (status: number, body: unknown): { status: number; body: string } => ({ status, body: JSON.stringify(body) });

/** Starts one on loopback. `models: false`: it has no route for the list of models, as small hosts do. */
export async function keyProvider({ models = true }: { models?: boolean } = {}): Promise<KeyProvider> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { status, body } = answer(request.url ?? '', request.headers.authorization, models);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    asked,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answer(path: string, authorization: string | undefined, models: boolean): { status: number; body: string } {
  if (path.endsWith('/models') && !models) return reply(404, { error: { message: 'Not Found' } });
  if (authorization !== `Bearer ${RIGHT_KEY}`)
    return reply(401, { error: { message: REFUSAL, type: 'invalid_request_error', code: 'invalid_api_key', param: null } });
  if (path.endsWith('/models'))
    return reply(200, { object: 'list', data: [{ id: 'model-a', object: 'model', created: 1, owned_by: 'x' }] });
  return reply(200, {
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: 'model-a',
    choices: [{ index: 0, message: { role: 'assistant', content: 'a' }, finish_reason: 'length' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}
