import type { ServerResponse } from 'node:http';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import * as z from 'zod';
import { Mailbox } from '../../ledger/mailbox.ts';
import { LOG_LEVELS } from '../../log/levels.ts';
import { linesOf } from '../../log/lines-of.ts';
import { LogFollower } from '../../log/log-follow.ts';
import { LOG_KINDS, type LogKind, type LogLine } from '../../log/log-line.ts';
import { logPage, pathOf } from '../../log/log-page.ts';
import { openWholeLines } from '../../log/log-reader.ts';
import { abortWhenGone } from '../client-gone.ts';
import type { Env, Gateway } from '../context.ts';
import { checked } from './body.ts';
import { adminOnly } from './permission.ts';
import { given, moment, word } from './query.ts';
import { tellAsEvents } from './tell.ts';

const kind = z.enum(LOG_KINDS).default('console');
const pageQuery = z.strictObject({
  kind,
  limit: z.coerce.number().int().min(1).max(1000).default(200),
  level: z.enum(LOG_LEVELS).optional(),
  search: z.string().max(300).optional(),
  since: moment.optional(),
  until: moment.optional(),
  before: word.optional(),
});
const followQuery = z.strictObject({ kind });

/** Lines one listener may be behind; then the oldest are left out. */
const MOST_WAITING = 2000;

/** `/admin/logs`: the ends of the logs, and what is added. They tell who uses what, so looking needs an admin key as well. */
export function logRoutes(admin: Hono<Env>, gateway: Gateway): void {
  const only = adminOnly('The logs tell of all keys: only an admin key may see them.');
  admin.get('/logs', only, async (c) => {
    const wanted = checked(pageQuery, given(c.req.query()));
    const abort = new AbortController();
    abortWhenGone(c.env.outgoing, abort);
    await settled(gateway, wanted.kind);
    return c.json(await logPage(gateway.file.folder, wanted, abort.signal));
  });
  admin.get('/logs/follow', only, async (c) => {
    const { kind: followed } = checked(followQuery, given(c.req.query()));
    await follow(c.env.outgoing as ServerResponse, gateway, followed, c.get('requestId'));
    return RESPONSE_ALREADY_SENT;
  });
}

/** What was logged so far is in the file. */
async function settled({ logs, audit }: Gateway, of: LogKind): Promise<void> {
  await (of === 'audit' ? audit.flush() : logs.flush());
}

async function follow(outgoing: ServerResponse, gateway: Gateway, of: LogKind, requestId: string): Promise<void> {
  await settled(gateway, of);
  const path = pathOf(of, gateway.file.folder);
  const from = await openWholeLines(path);
  const mailbox = new Mailbox<LogLine>(MOST_WAITING, (count) => droppedLine(count, gateway.now()));
  const follower = new LogFollower(path, from, (text, place) => {
    for (const line of linesOf(of, text, place)) mailbox.put(line);
  });
  await tellAsEvents(outgoing, { requestId, mailbox, typeOf: () => 'line', listen: (left) => follower.run(left) });
}

function droppedLine(count: number, now: number): LogLine {
  const lines = count === 1 ? '1 line was' : `${count} lines were`;
  return { id: `dropped-${now}`, time: new Date(now).toISOString(), level: 'warn', message: `${lines} left out: the reader was too slow.` };
}
