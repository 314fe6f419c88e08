import type { JsonObject } from '../../conversation/json.ts';
import type { Quirk } from '../provider.ts';
import { mapMessages } from './body.ts';

const STANDARD = ['role', 'content', 'tool_calls', 'tool_call_id'];

function only(message: JsonObject, names: ReadonlySet<string>): JsonObject {
  const entries = Object.entries(message);
  const kept = entries.filter(([name, value]) => names.has(name) && value !== undefined);
  return kept.length === entries.length ? message : Object.fromEntries(kept);
}

/**
 * Keeps the message fields of the standard and those named: for hosts that answer 400 or 422 to any other.
 * Groq: "property 'reasoning_content' is unsupported" (janhq/jan#8136); Mistral: `extra_forbidden` (NousResearch/hermes-agent#138).
 */
export function messageFields(...also: string[]): Quirk {
  const names = new Set([...STANDARD, ...also]);
  return {
    name: 'message-fields',
    when: ({ dialect }) => dialect === 'openai-chat',
    apply: (body) => mapMessages(body, (message) => only(message, names)),
  };
}
