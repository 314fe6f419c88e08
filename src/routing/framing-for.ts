import { type Framing, NdjsonFraming, SseFraming } from '../upstream/framing.ts';

/** How an answer of this content type is cut into events. */
export function framingFor(contentType: string): Framing {
  if (/x-ndjson|stream\+json/i.test(contentType)) return new NdjsonFraming();
  return new SseFraming();
}
