import type { CacheMark, Message } from './content.ts';
import type { ClientDialectId, DialectId, Extensions } from './dialect-id.ts';
import type { JsonObject } from './json.ts';

export interface FunctionTool {
  type: 'function';
  name: string;
  description?: string;
  /** JSON Schema of the arguments, as the client gave it; absent means no arguments. */
  parameters?: JsonObject;
  strict?: boolean;
  cache?: CacheMark;
  extensions?: Extensions;
}

/** A free-form tool: its input is plain text, perhaps bound by a grammar (OpenAI `custom`). */
export interface CustomTool {
  type: 'custom';
  name: string;
  description?: string;
  /** OpenAI's `format` object (`{type:'grammar', syntax, definition}` or `{type:'text'}`). */
  format?: JsonObject;
  extensions?: Extensions;
}

/** What several vendors offer on their own servers under different names; `other` is known to its own dialect only. */
export type ServerToolKind = 'web-search' | 'web-fetch' | 'code-execution' | 'other';

export interface ServerTool {
  type: 'server';
  kind: ServerToolKind;
  dialect: DialectId;
  /** The vendor's tool object as given. */
  raw: JsonObject;
}

export type Tool = FunctionTool | CustomTool | ServerTool;

export type ToolChoice =
  | { type: 'auto' }
  | { type: 'none' }
  | { type: 'required' }
  | { type: 'tool'; name: string; kind?: 'function' | 'custom' }
  | { type: 'allowed'; names: string[]; mode: 'auto' | 'required' };

export type ReasoningEffort = 'none' | 'minimal' | 'low' | 'medium' | 'high' | 'xhigh' | 'max';

/** How much the model may think. Give whichever the client gave; writers convert with `effort.ts`. */
export interface ReasoningSettings {
  effort?: ReasoningEffort;
  /** Thinking budget in tokens; 0 turns thinking off, -1 lets the model decide (Gemini's and Anthropic's "adaptive"). */
  budget?: number;
  /** Ask for visible thoughts or a summary: `true`, or OpenAI's `auto` | `concise` | `detailed`. */
  summary?: boolean | string;
}

export type OutputFormat =
  | { type: 'text' }
  | { type: 'json' }
  | { type: 'json-schema'; name?: string; description?: string; schema: JsonObject; strict?: boolean };

export interface Sampling {
  temperature?: number;
  topP?: number;
  topK?: number;
  frequencyPenalty?: number;
  presencePenalty?: number;
  seed?: number;
  stop?: string[];
  /** Limit of output tokens, reasoning included. */
  maxTokens?: number;
  /** Number of choices wanted; 1 when absent. */
  n?: number;
  logprobs?: boolean;
  topLogprobs?: number;
}

/** One chat turn as every dialect can express it. */
export interface ChatRequest {
  /** The dialect it was read from. */
  dialect: ClientDialectId;
  /** The model name as the client wrote it. */
  model: string;
  messages: Message[];
  tools?: Tool[];
  toolChoice?: ToolChoice;
  parallelToolCalls?: boolean;
  sampling: Sampling;
  reasoning?: ReasoningSettings;
  output?: OutputFormat;
  /** Output kinds wanted besides text, e.g. `image`, `audio` (OpenAI `modalities`, Gemini `responseModalities`). */
  modalities?: string[];
  stream: boolean;
  /** OpenAI chat: the client asked for a usage chunk at the end of the stream (the others always carry usage). */
  includeUsage?: boolean;
  /** An end-user id for abuse tracking, when the client sent one (`user`, `metadata.user_id`, `safety_identifier`). */
  user?: string;
  /** OpenAI Responses chaining. */
  previousResponseId?: string;
  store?: boolean;
  extensions?: Extensions;
}
