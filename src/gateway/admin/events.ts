import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import type { GatewayEvent } from '../../ledger/events.ts';
import { Mailbox } from '../../ledger/mailbox.ts';
import type { Env, Gateway } from '../context.ts';
import { tellAsEvents } from './tell.ts';

/** Events one listener may be behind; older ones are left out, and that is said. */
const MOST_WAITING = 1000;

/** `GET /admin/events`: what happens, as server-sent events, until the listener leaves. A slow one never slows a request. */
export function eventRoutes(admin: Hono<Env>, { events, now }: Gateway): void {
  admin.get('/events', async (c) => {
    const mailbox = new Mailbox<GatewayEvent>(MOST_WAITING, (count) => ({ type: 'dropped', at: now(), count }));
    await tellAsEvents(c.env.outgoing as ServerResponse, {
      requestId: c.get('requestId'),
      mailbox,
      typeOf: ({ type }) => type,
      listen: (left) => {
        left.addEventListener(
          'abort',
          events.subscribe((event) => mailbox.put(event)),
          { once: true },
        );
        return undefined;
      },
    });
    return RESPONSE_ALREADY_SENT;
  });
}
