import type { Hono } from 'hono';
import { GatewayError } from '../../conversation/error.ts';
import type { Env, Gateway } from '../context.ts';
import { errorResponse } from '../error-response.ts';

/** `DELETE /v1/responses/{id}`: forgets a stored conversation. */
export function storedResponseRoutes(app: Hono<Env>, gateway: Gateway, prefix: string): void {
  app.delete(`${prefix}/responses/:id`, (c) => {
    const id = c.req.param('id');
    if (gateway.responses.delete(id)) return c.json({ id, object: 'response', deleted: true });
    return errorResponse(
      c,
      new GatewayError({ class: 'request', status: 404, code: 'not_found', message: `Response with id '${id.slice(0, 100)}' not found.` }),
      'openai-responses',
    );
  });
}
