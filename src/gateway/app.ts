import { Hono } from 'hono';
import { GatewayError } from '../conversation/error.ts';
import { clientDialect } from '../dialects/registry.ts';
import { adminRoutes } from './admin/index.ts';
import { answerChat } from './chat.ts';
import type { Env, Gateway } from './context.ts';
import { dialectOfPath } from './dialect-of-path.ts';
import { errorResponse } from './error-response.ts';
import { guard } from './guard.ts';
import { handshake, Watchers } from './handshake.ts';
import { countRoutes } from './routes/count-tokens.ts';
import { geminiRoutes } from './routes/gemini.ts';
import { modelRoutes } from './routes/models.ts';
import { relayRoutes } from './routes/relays.ts';
import { storedResponseRoutes } from './routes/stored-responses.ts';

/** Prefixes under which the OpenAI and Anthropic routes are found: tools differ in what they append to a base URL. */
const PREFIXES = ['/v1', '', '/v1/v1'];

/** The gateway's HTTP side. Knows no provider by name. */
export function createApp(gateway: Gateway, watchers: Watchers = new Watchers()): Hono<Env> {
  const app = new Hono<Env>();
  app.use(guard(gateway, (c) => handshake(c, gateway, watchers)));
  app.on(['GET', 'DELETE'], '*', async (c, next) => {
    c.header('x-request-id', c.get('requestId'));
    await next();
  });
  app.get('/health', (c) => c.json({ status: 'ok', name: 'omniroute', version: gateway.version }));
  for (const prefix of PREFIXES) {
    app.post(`${prefix}/chat/completions`, (c) => answerChat(c, gateway, clientDialect('openai-chat'), {}));
    app.post(`${prefix}/responses`, (c) => answerChat(c, gateway, clientDialect('openai-responses'), {}));
    app.post(`${prefix}/messages`, (c) => answerChat(c, gateway, clientDialect('anthropic-messages'), {}));
    countRoutes(app, gateway, prefix);
    storedResponseRoutes(app, gateway, prefix);
  }
  geminiRoutes(app, gateway);
  relayRoutes(app, gateway);
  modelRoutes(app, gateway);
  adminRoutes(app, gateway);
  app.notFound((c) => {
    const error = new GatewayError({
      class: 'request',
      status: 404,
      code: 'not_found',
      message: `There is no ${c.req.method} ${c.req.path.slice(0, 200)} here. docs/architecture.md lists the routes.`,
    });
    return errorResponse(c, error, dialectOfPath(c.req.path));
  });
  app.onError((thrown, c) => {
    if (!(thrown instanceof GatewayError))
      gateway.logs.error(`internal error on ${c.req.method} ${c.req.path}: ${thrown.stack ?? thrown.message}`);
    const error =
      thrown instanceof GatewayError
        ? thrown
        : new GatewayError({
            class: 'internal',
            code: 'internal_error',
            message: 'The gateway failed while it handled this request; its log says more.',
          });
    return errorResponse(c, error, dialectOfPath(c.req.path));
  });
  return app;
}
