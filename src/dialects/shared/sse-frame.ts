import type { Json } from '../../conversation/json.ts';

/** One server-sent event as text. `data` is JSON (or the literal text for `[DONE]`); the event line only where the dialect uses one. */
export function frame(data: Json | string, event?: string): string {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return event === undefined ? `data: ${text}\n\n` : `event: ${event}\ndata: ${text}\n\n`;
}
