import type { Citation, ContentPart, ToolCallPart } from './content.ts';
import type { GatewayError } from './error.ts';
import type { Finish, TokenLogprob } from './response.ts';
import type { Signature } from './signature.ts';
import type { Usage } from './usage.ts';

/**
 * One step of a streamed answer.
 *
 * Order: one `start`; per part one `part-start`, any `part-delta`s, one `part-end`, all with the same `part` number, which is
 * unique in the answer (choices included) and counts from 0 in order of `part-start`; per choice one `finish`; `usage` as often as reported (later ones replace
 * earlier ones, field by field; it may come before or after `finish`); nothing after the last `finish` but `usage`.
 * `error` ends the stream: nothing follows it. Parts of different choices, and tool calls of one choice, may interleave.
 *
 * A reader gives the delta of `part-start` empty: a text part starts with '' and its text comes in deltas. A tool call starts
 * with its id and name and `arguments: ''`. Parts that come whole (image, audio, file, server) are whole in `part-start` and get no deltas.
 */
export type StreamEvent =
  | { type: 'start'; id?: string; model?: string; created?: number }
  | { type: 'part-start'; choice: number; part: number; content: ContentPart }
  | { type: 'part-delta'; part: number; delta: PartDelta }
  | { type: 'part-end'; part: number }
  | { type: 'usage'; usage: Usage }
  | { type: 'finish'; choice: number; finish: Finish }
  | { type: 'error'; error: GatewayError };

export type PartDelta =
  /** For text, reasoning and refusal parts. */
  | { type: 'text'; text: string }
  /** For tool calls: a piece of the raw argument text. */
  | { type: 'arguments'; text: string }
  /** For reasoning (and, at Gemini, text and tool-call) parts: the whole signature, once. */
  | { type: 'signature'; signature: Signature }
  | { type: 'citation'; citation: Citation }
  /** For text parts. */
  | { type: 'logprobs'; logprobs: TokenLogprob[] };

export type ToolCallStart = Extract<StreamEvent, { type: 'part-start' }> & { content: ToolCallPart };
