import type { ClientDialectId } from '../conversation/dialect-id.ts';

/** The dialect whose errors a client of this path understands. */
export function dialectOfPath(path: string): ClientDialectId {
  if (/\/messages(?:\/|$)/.test(path)) return 'anthropic-messages';
  if (/\/responses(?:\/|$)/.test(path)) return 'openai-responses';
  if (/\/v1(?:alpha|beta)\d*(?:\/|$)|\/models\/.*:\w+$/.test(path)) return 'gemini';
  return 'openai-chat';
}
