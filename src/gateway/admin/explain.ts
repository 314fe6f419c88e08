import type { Context, Hono } from 'hono';
import * as z from 'zod';
import { CLIENT_DIALECTS, type ClientDialectId } from '../../conversation/dialect-id.ts';
import type { RouteQuery } from '../../routing/router.ts';
import { sessionOf } from '../../routing/session.ts';
import type { Env, Gateway } from '../context.ts';
import { checked } from './body.ts';
import { flag, given } from './query.ts';

const count = z.coerce.number().int().min(0).max(100_000_000);
const query = z.strictObject({
  model: z.string().min(1).max(200),
  dialect: z.enum(CLIENT_DIALECTS).default('openai-chat'),
  tools: flag.default(false),
  vision: flag.default(false),
  tokens: count.default(0),
  output: count.optional(),
  session: z.string().min(1).max(500).optional(),
  without: z.string().max(5000).optional(),
});

/** `GET /admin/explain`: which targets a request would go to, in which order, and why the others are skipped. Sends nothing. */
export function explainRoutes(admin: Hono<Env>, gateway: Gateway): void {
  admin.get('/explain', (c) => c.json(gateway.router.explain(routeQuery(c))));
}

function routeQuery(c: Context<Env>): RouteQuery {
  const { model, dialect, tools, vision, tokens, output, session, without } = checked(query, given(c.req.query()));
  return {
    name: model,
    client: dialect,
    needs: { tools, vision, inputTokens: tokens, ...(output === undefined ? {} : { outputTokens: output }) },
    asker: { key: c.get('key').name, ...(session === undefined ? {} : { session: sessionHash(session, dialect) }) },
    without:
      without
        ?.split(',')
        .map((entry) => entry.trim())
        .filter(Boolean) ?? [],
  };
}

/** Sessions are kept as hashes; the id is the one the client sends in its session header, or the hash itself. */
function sessionHash(id: string, dialect: ClientDialectId): string {
  if (/^[0-9a-f]{32}$/.test(id)) return id;
  return sessionOf(
    (name) => (name === 'x-session-id' ? id : undefined),
    { dialect, model: '', messages: [], sampling: {}, stream: false },
    {},
  ).id;
}
