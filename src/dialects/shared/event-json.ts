import { type Json, parseJson } from '../../conversation/json.ts';
import type { SseEvent } from '../dialect.ts';

/** An event's data as JSON, parsed once however many look at it; `undefined` when it is no JSON. */
export function jsonOf(event: SseEvent): Json | undefined {
  if (event.json === undefined) event.json = parseJson(event.data);
  return event.json;
}
