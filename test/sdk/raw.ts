import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';
import { PROMPTS } from './prompts.ts';
import type { Target } from './target.ts';

export interface RawAsk {
  target: Target;
  model: string;
  stream: boolean;
  /** Without model and stream; the small question when absent. */
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** The same ask as bytes, as a tool without an SDK would send it. */
export function rawAsk(dialect: ClientDialectId, ask: RawAsk): Promise<Response> {
  const { target, model, stream, signal } = ask;
  const { path, body } = requestFor(dialect, model, stream, ask.body ?? PROMPTS[dialect]);
  return fetch(`${target.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${target.key}`, ...ask.headers },
    body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  });
}

/** Path and body in the dialect's own form. */
export function requestFor(
  dialect: ClientDialectId,
  model: string,
  stream: boolean,
  body: Record<string, unknown>,
): { path: string; body: Record<string, unknown> } {
  switch (dialect) {
    case 'openai-chat':
      return { path: '/v1/chat/completions', body: { ...body, model, ...(stream ? { stream } : {}) } };
    case 'openai-responses':
      return { path: '/v1/responses', body: { ...body, model, ...(stream ? { stream } : {}) } };
    case 'anthropic-messages':
      return { path: '/v1/messages', body: { max_tokens: 1024, ...body, model, ...(stream ? { stream } : {}) } };
    case 'gemini':
      return { path: `/v1beta/models/${model}:${stream ? 'streamGenerateContent?alt=sse' : 'generateContent'}`, body };
  }
}
