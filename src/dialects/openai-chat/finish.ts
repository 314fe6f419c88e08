import type { Finish, FinishReason } from '../../conversation/response.ts';

/** Vendors' words for why a model stopped; Together gives the engine's (`eos`), Mistral `model_length`, GLM `sensitive`. */
const REASONS: Record<string, FinishReason> = {
  stop: 'stop',
  eos: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  tool_call: 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  safety: 'content-filter',
  sensitive: 'content-filter',
  refusal: 'refusal',
  malformed_function_call: 'malformed-tool-call',
  pause_turn: 'pause',
};

/** Words that mean the answer broke off: OpenRouter and Mistral `error`, GLM `network_error`, DeepSeek `insufficient_system_resource`. */
export const FAILED_FINISHES: ReadonlySet<string> = new Set(['error', 'network_error', 'insufficient_system_resource']);

/** OpenAI's word for a vendor's known one (`eos`), or `undefined` where we do not know it. */
export function ownFinishWord(raw: string): string | undefined {
  if (['stop', 'length', 'tool_calls', 'content_filter', 'function_call'].includes(raw)) return raw;
  const reason = REASONS[raw.toLowerCase()];
  return reason && finishWord(reason, false);
}

/** What was found in the answer, which counts for more than the vendor's word. */
export interface Found {
  calls: boolean;
  /** The last call's arguments are not whole JSON. */
  cutCall: boolean;
  lostCall: boolean;
  /** Words under `refusal`: OpenAI ends them with an ordinary `stop` (https://platform.openai.com/docs/guides/structured-outputs#refusals). */
  refused: boolean;
}

/**
 * The finish of a choice. A call to a tool makes it `tool-calls` whatever the vendor said (Ollama and others say `stop`), but for an
 * answer cut by its limit in the middle of the arguments: nobody should run that call.
 */
export function finishOf(raw: string | undefined, found: Found): Finish {
  const said = raw === undefined ? 'stop' : (REASONS[raw.toLowerCase()] ?? 'other');
  return { reason: reasonOf(said, found), ...(raw ? { raw } : {}) };
}

function reasonOf(said: FinishReason, found: Found): FinishReason {
  if (found.calls) return said === 'length' && found.cutCall ? 'length' : 'tool-calls';
  if (found.lostCall) return 'malformed-tool-call';
  const ended = said === 'tool-calls' ? 'stop' : said;
  return ended === 'stop' && found.refused ? 'refusal' : ended;
}

/**
 * OpenAI's word; `called` when the answer holds a tool call, `said` when it holds any text. A refusal in words is an ordinary end
 * there; one without a word (recording anthropic-refusal-stream) would look like an empty answer.
 */
export function finishWord(reason: FinishReason, called: boolean, said = true): 'stop' | 'length' | 'tool_calls' | 'content_filter' {
  switch (reason) {
    case 'length':
      return 'length';
    case 'content-filter':
      return 'content_filter';
    case 'tool-calls':
      return 'tool_calls';
    case 'refusal':
      return said ? 'stop' : 'content_filter';
    case 'stop':
    case 'pause':
    case 'malformed-tool-call':
    case 'other':
      return called ? 'tool_calls' : 'stop';
  }
}
