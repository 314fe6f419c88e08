import { Readable } from 'node:stream';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { Pool } from 'undici';
import { listening } from './child.ts';

/** The least a gateway of the same libraries can cost: it hands bytes through and looks at nothing. */
const pool = new Pool(process.argv[2] ?? '', { connections: 64 });
const app = new Hono();
app.post('*', async (context) => {
  const { statusCode, headers, body } = await pool.request({
    method: 'POST',
    path: context.req.path,
    headers: { 'content-type': 'application/json' },
    body: await context.req.text(),
  });
  return new Response(Readable.toWeb(body) as ReadableStream, {
    status: statusCode,
    headers: { 'content-type': String(headers['content-type']) },
  });
});
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => listening(server as import('node:http').Server));
