import { asString, type Json, type JsonObject } from '../../conversation/json.ts';
import type { Finish, FinishReason } from '../../conversation/response.ts';

/** `FinishReason` by number, as Vertex answers with integer enums (recording vertex-generate-content-extra-params). */
const NAMES = [
  'FINISH_REASON_UNSPECIFIED',
  'STOP',
  'MAX_TOKENS',
  'SAFETY',
  'RECITATION',
  'OTHER',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'SPII',
  'MALFORMED_FUNCTION_CALL',
];

const REASONS: Record<string, FinishReason> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  LANGUAGE: 'content-filter',
  MODEL_ARMOR: 'content-filter',
  IMAGE_SAFETY: 'content-filter',
  IMAGE_PROHIBITED_CONTENT: 'content-filter',
  IMAGE_RECITATION: 'content-filter',
  MALFORMED_FUNCTION_CALL: 'malformed-tool-call',
  UNEXPECTED_TOOL_CALL: 'malformed-tool-call',
  TOO_MANY_TOOL_CALLS: 'malformed-tool-call',
};

/** The word for a finish reason, or `undefined` while the model has not stopped. */
export function finishWord(value: Json | undefined): string | undefined {
  const word = typeof value === 'number' ? NAMES[value] : asString(value);
  return word === '' || word === 'FINISH_REASON_UNSPECIFIED' ? undefined : word;
}

/** Google says STOP also after calls. A call to a function that was never declared stays what the vendor says it is. */
export function readFinish(word: string, called: boolean, message: string | undefined): Finish {
  const reason = REASONS[word] ?? 'other';
  const calls = called && reason !== 'malformed-tool-call';
  return { reason: calls ? 'tool-calls' : reason, raw: word, ...(message === undefined || calls ? {} : { message }) };
}

/** A prompt that was refused: no candidates, `promptFeedback` tells why (recording vertex-google-model-armor). */
export function blockedFinish(feedback: JsonObject): Finish | undefined {
  const reason = asString(feedback.blockReason) ?? (typeof feedback.blockReason === 'number' ? String(feedback.blockReason) : undefined);
  if (reason === undefined || reason === 'BLOCKED_REASON_UNSPECIFIED') return undefined;
  const message = asString(feedback.blockReasonMessage) ?? `The prompt was blocked: ${reason}.`;
  return { reason: 'content-filter', raw: reason, message };
}

/** The word Google would use. */
export function writeFinish(finish: Finish): string {
  switch (finish.reason) {
    case 'stop':
    case 'tool-calls':
    case 'pause':
      return 'STOP';
    case 'length':
      return 'MAX_TOKENS';
    case 'content-filter':
    case 'refusal':
      return finish.raw !== undefined && REASONS[finish.raw] === 'content-filter' ? finish.raw : 'SAFETY';
    case 'malformed-tool-call':
      return finish.raw !== undefined && REASONS[finish.raw] === 'malformed-tool-call' ? finish.raw : 'MALFORMED_FUNCTION_CALL';
    case 'other':
      return 'OTHER';
  }
}
