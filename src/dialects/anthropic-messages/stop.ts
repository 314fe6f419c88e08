import { asObject, asString, type Json, type JsonObject } from '../../conversation/json.ts';
import type { Finish, FinishReason } from '../../conversation/response.ts';

const REASONS: Record<string, FinishReason> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  pause_turn: 'pause',
  // The vendor stopped after writing a summary and wants the conversation sent again (context_management.pause_after_compaction).
  compaction: 'pause',
  refusal: 'refusal',
};

/** Reads `stop_reason` and its companions, from a message or a `message_delta`. `called`: the answer holds a call to a client's tool. */
export function readStop(holder: JsonObject, called: boolean): Finish {
  const raw = asString(holder.stop_reason);
  const vendor: FinishReason = raw === undefined ? 'stop' : (REASONS[raw] ?? 'other');
  const reason = called && (vendor === 'stop' || vendor === 'other') ? 'tool-calls' : vendor;
  const sequence = asString(holder.stop_sequence);
  const explanation = asString(asObject(holder.stop_details)?.explanation);
  return {
    reason,
    ...(raw === undefined ? {} : { raw }),
    ...(sequence === undefined ? {} : { stopSequence: sequence }),
    ...(explanation === undefined ? {} : { message: explanation }),
  };
}

interface StopFields {
  [key: string]: Json;
  stop_reason: string;
  stop_sequence: string | null;
  stop_details: JsonObject | null;
}

/** Writes a finish. `called` and `refused`: the answer written holds a tool call, a refusal. */
export function writeStop(finish: Finish, called: boolean, refused: boolean): StopFields {
  const reason = stopReason(finish, called, refused);
  const details = { type: 'refusal', category: null, explanation: finish.message ?? null };
  return {
    stop_reason: reason,
    stop_sequence: reason === 'stop_sequence' ? (finish.stopSequence ?? null) : null,
    stop_details: reason === 'refusal' ? details : null,
  };
}

function stopReason(finish: Finish, called: boolean, refused: boolean): string {
  // The vendor's own word where it says the same, so that model_context_window_exceeded and compaction survive.
  if (finish.raw !== undefined && REASONS[finish.raw] === finish.reason && finish.reason !== 'stop') return finish.raw;
  switch (finish.reason) {
    case 'length':
      return 'max_tokens';
    case 'refusal':
    case 'content-filter':
      return 'refusal';
    case 'pause':
      return 'pause_turn';
    case 'tool-calls':
      return called ? 'tool_use' : 'end_turn';
    case 'stop':
    case 'malformed-tool-call':
    case 'other':
      if (called) return 'tool_use';
      if (refused) return 'refusal';
      return finish.stopSequence === undefined ? 'end_turn' : 'stop_sequence';
  }
}
