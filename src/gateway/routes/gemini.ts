import type { Context, Hono } from 'hono';
import { GatewayError } from '../../conversation/error.ts';
import type { ClientDialect } from '../../dialects/dialect.ts';
import { geminiArrayStream } from '../../dialects/gemini/index.ts';
import { clientDialect } from '../../dialects/registry.ts';
import { answerChat } from '../chat.ts';
import type { Env, Gateway } from '../context.ts';
import { errorResponse } from '../error-response.ts';
import { relay } from '../relay.ts';
import { countGemini } from './count-tokens.ts';

const VERSIONS = ['/v1beta', '/v1', '/v1alpha', '/v1beta1', ''];

/**
 * `POST /v1beta/models/{model}:generateContent` and its siblings. The model may hold slashes, encoded or not, and colons, so the path
 * is cut at its last colon.
 */
export function geminiRoutes(app: Hono<Env>, gateway: Gateway): void {
  for (const version of VERSIONS) {
    const base = `${version}/models/`;
    app.post(`${base}*`, (c) => {
      const rest = decodePath(new URL(c.req.url).pathname.slice(base.length));
      const colon = rest.lastIndexOf(':');
      return answerGemini(c, gateway, colon < 0 ? rest : rest.slice(0, colon), colon < 0 ? '' : rest.slice(colon + 1));
    });
  }
}

async function answerGemini(c: Context<Env>, gateway: Gateway, model: string, action: string): Promise<Response> {
  switch (action) {
    case 'generateContent':
      return await answerChat(c, gateway, clientDialect('gemini'), { model, stream: false });
    case 'streamGenerateContent':
      return c.req.query('alt') === 'sse'
        ? await answerChat(c, gateway, clientDialect('gemini'), { model, stream: true })
        : await answerChat(c, gateway, arrayClient, { model, stream: true }, 'application/json; charset=utf-8');
    case 'countTokens':
      return await countGemini(c, gateway, model);
    case 'embedContent':
    case 'batchEmbedContents':
      return await relay(c, gateway, { dialects: ['gemini'], path: `/models/{model}:${action}`, errors: 'gemini', model });
    default:
      return errorResponse(
        c,
        new GatewayError({
          class: 'request',
          status: 404,
          code: 'not_found',
          message: `There is no method "${action.slice(0, 50)}" on models here.`,
        }),
        'gemini',
      );
  }
}

/** Without `alt=sse`, Google streams one JSON array. */
const arrayClient: ClientDialect = { ...clientDialect('gemini'), ...geminiArrayStream };

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
