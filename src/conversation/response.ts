import type { ContentPart } from './content.ts';
import type { DialectId, Extensions } from './dialect-id.ts';
import type { Usage } from './usage.ts';

/**
 * Why the model stopped. `tool-calls` whenever the answer holds a call to one of the client's tools, whatever the vendor said.
 * `pause`: the vendor paused a long server-side turn and wants the same conversation sent again (Anthropic `pause_turn`).
 */
export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'pause' | 'malformed-tool-call' | 'other';

export interface Finish {
  reason: FinishReason;
  /** The vendor's own word, e.g. `MAX_TOKENS`, `end_turn`. */
  raw?: string;
  /** Anthropic: the stop sequence that matched. */
  stopSequence?: string;
  /** A sentence for the user where the vendor gives one (a block reason, refusal explanation). */
  message?: string;
}

export interface TokenLogprob {
  token: string;
  logprob: number;
  bytes?: number[] | null;
  top?: { token: string; logprob: number; bytes?: number[] | null }[];
}

export interface Choice {
  index: number;
  content: ContentPart[];
  finish: Finish;
  logprobs?: TokenLogprob[];
}

/** A whole answer, not streamed. */
export interface ChatResponse {
  /** The dialect it was read from. */
  dialect: DialectId;
  id?: string;
  /** The model as the vendor names it in the answer. */
  model?: string;
  /** Seconds since the epoch. */
  created?: number;
  choices: Choice[];
  usage?: Usage;
  extensions?: Extensions;
}
