import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { frame } from '../../dialects/shared/sse-frame.ts';
import { Mailbox } from '../../ledger/mailbox.ts';
import type { Env, Gateway } from '../context.ts';

/** Events one listener may be behind; older ones are left out, and that is said. */
const MOST_WAITING = 1000;
/** A sign of life, so that proxies and clients see that the line stands. */
const PING_MS = 15_000;

/** `GET /admin/events`: what happens, as server-sent events, until the listener leaves. A slow one never slows a request. */
export function eventRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/events', async (c) => {
    await tell(c.env.outgoing as ServerResponse, gateway, c.get('requestId'));
    return RESPONSE_ALREADY_SENT;
  });
}

async function tell(outgoing: ServerResponse, { events, now }: Gateway, requestId: string): Promise<void> {
  const left = new AbortController();
  outgoing.once('close', () => left.abort());
  const mailbox = new Mailbox(MOST_WAITING, now);
  const end = events.subscribe((event) => mailbox.put(event));
  outgoing.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-request-id': requestId,
  });
  outgoing.write(': listening\n\n');
  const ping = setInterval(() => void (outgoing.writableNeedDrain || outgoing.write(': ping\n\n')), PING_MS);
  try {
    while (!left.signal.aborted) {
      const batch = await mailbox.take(left.signal);
      const text = batch.map((event) => frame(JSON.stringify(event), event.type)).join('');
      if (text !== '' && !outgoing.write(text)) await drained(outgoing, left.signal);
    }
  } finally {
    clearInterval(ping);
    end();
    outgoing.end();
  }
}

function drained(outgoing: ServerResponse, left: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      outgoing.off('drain', done);
      left.removeEventListener('abort', done);
      resolve();
    };
    outgoing.once('drain', done);
    left.addEventListener('abort', done, { once: true });
  });
}
