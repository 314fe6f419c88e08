import { asObject, isObject, type Json, type JsonObject } from '../../conversation/json.ts';
import { ownFinishWord } from './finish.ts';

/** Vendors' extras at the top that strict SDKs trip over or that mean nothing to a client. */
const DROPPED: ReadonlySet<string> = new Set(['x_groq', 'usage_breakdown', 'time_info']);
const TIERS: ReadonlySet<unknown> = new Set(['auto', 'default', 'flex', 'scale', 'priority']);

/** Fields that the official types declare nullable; a null anywhere else goes. */
const NULLABLE_TOP: ReadonlySet<string> = new Set(['usage', 'moderation', 'service_tier']);
const NULLABLE_CHOICE: ReadonlySet<string> = new Set(['finish_reason', 'logprobs']);
const NULLABLE_MESSAGE: ReadonlySet<string> = new Set(['content', 'refusal']);

/** A whole answer without what strict SDKs trip over, and with what they need; the same object when nothing was to change. */
export function sanitizeResponse(body: JsonObject): JsonObject {
  const kept = topLevel(body, 'chat.completion');
  const cleaned = kept.usage === null ? without(kept, (key) => key === 'usage') : kept;
  return withChoices(cleaned, 'message');
}

/** One chunk of a stream; `undefined` drops the usage chunk that the client did not ask for. */
export function sanitizeEvent(data: JsonObject, request: { includeUsage: boolean }): JsonObject | undefined {
  if (data.error !== undefined && data.error !== null) return data;
  let chunk = topLevel(withGroqUsage(data), 'chat.completion.chunk');
  // A usage of null is valid, and OpenAI's every chunk has it: not worth writing each anew.
  if (!request.includeUsage && isObject(chunk.usage)) {
    if (!Array.isArray(chunk.choices) || chunk.choices.length === 0) return undefined;
    chunk = without(chunk, (key) => key === 'usage');
  }
  return withChoices(chunk, 'delta');
}

/** Groq tells a stream's usage below `x_groq` unless `stream_options` was asked for; clients look for it in `usage`. */
function withGroqUsage(data: JsonObject): JsonObject {
  const usage = asObject(asObject(data.x_groq)?.usage);
  return usage && !isObject(data.usage) ? { ...data, usage } : data;
}

function topLevel(body: JsonObject, object: string): JsonObject {
  const kept = without(body, (key, value) => {
    if (DROPPED.has(key)) return true;
    if (key === 'service_tier') return !TIERS.has(value);
    return value === null && !NULLABLE_TOP.has(key);
  });
  return kept.object ? kept : { ...kept, object };
}

/** A copy without the fields that `unwanted` names; the same object when it names none. */
function without(object: JsonObject, unwanted: (key: string, value: Json | undefined) => boolean): JsonObject {
  // Looked through first without making anything: nearly every event of a stream is clean.
  for (const key in object) {
    if (unwanted(key, object[key])) return Object.fromEntries(Object.entries(object).filter(([name, value]) => !unwanted(name, value)));
  }
  return object;
}

function withChoices(body: JsonObject, holder: 'message' | 'delta'): JsonObject {
  if (!Array.isArray(body.choices)) return body;
  const choices = body.choices.map((choice, at) => (isObject(choice) ? cleanChoice(choice, at, holder) : choice));
  return choices.every((choice, at) => choice === (body.choices as Json[])[at]) ? body : { ...body, choices };
}

function cleanChoice(choice: JsonObject, at: number, holder: 'message' | 'delta'): JsonObject {
  let kept = without(choice, (key, value) => value === null && !NULLABLE_CHOICE.has(key));
  if (typeof kept.index !== 'number') kept = { ...kept, index: at };
  const word = kept.finish_reason;
  const own = word === '' ? (holder === 'message' ? 'stop' : null) : typeof word === 'string' ? ownFinishWord(word) : undefined;
  if (own !== undefined && own !== word) kept = { ...kept, finish_reason: own };
  const before = asObject(kept[holder]);
  if (!before) return kept;
  const after = cleanMessage(before, holder);
  return after === before ? kept : { ...kept, [holder]: after };
}

function cleanMessage(message: JsonObject, holder: 'message' | 'delta'): JsonObject {
  const kept = without(message, (key, value) => value === null && !NULLABLE_MESSAGE.has(key));
  const calls = kept.tool_calls;
  if (!Array.isArray(calls)) return kept;
  const cleaned = calls.map((call, at) => (isObject(call) ? cleanCall(call, at, holder) : call));
  return cleaned.every((call, at) => call === calls[at]) ? kept : { ...kept, tool_calls: cleaned };
}

/** Mistral's calls have no `type` and, streamed, no `index`: the SDK's helpers demand the first, its stream reader the second. */
function cleanCall(call: JsonObject, at: number, holder: 'message' | 'delta'): JsonObject {
  const begins = typeof call.id === 'string' && call.id !== '' && isObject(call.function);
  const typed = begins && typeof call.type !== 'string' ? { ...call, type: 'function' } : call;
  return holder === 'delta' && typeof typed.index !== 'number' ? { ...typed, index: at } : typed;
}
