import type { Hono } from 'hono';
import type { Env, Gateway } from '../context.ts';
import { relay } from '../relay.ts';

/** Embeddings, rerank and legacy completions: handed on in their own form to accounts that know it. */
export function relayRoutes(app: Hono<Env>, gateway: Gateway): void {
  for (const prefix of ['/v1', '', '/v1/v1']) {
    for (const path of ['/embeddings', '/completions', '/rerank']) {
      app.post(prefix + path, (c) =>
        relay(c, gateway, { dialects: path === '/rerank' ? ['openai-chat', 'cohere-chat'] : ['openai-chat'], path, errors: 'openai-chat' }),
      );
    }
  }
  for (const path of ['/embed', '/rerank']) {
    app.post(`/v2${path}`, (c) => relay(c, gateway, { dialects: ['cohere-chat'], path, errors: 'openai-chat' }));
  }
}
