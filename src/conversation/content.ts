import type { DialectId, Extensions } from './dialect-id.ts';
import type { Json, JsonObject } from './json.ts';
import type { Signature } from './signature.ts';

/** Where the bytes of an image, audio or file are. `file-id` is a vendor's own uploaded file: only its dialect can use it. */
export type MediaSource =
  | { kind: 'base64'; mimeType: string; data: string }
  | { kind: 'url'; url: string; mimeType?: string }
  | { kind: 'file-id'; id: string; dialect: DialectId; mimeType?: string };

/** A prompt-cache breakpoint (Anthropic `cache_control`; OpenRouter and others take it inside chat content parts too). */
export interface CacheMark {
  ttl?: string;
}

interface PartBase {
  extensions?: Extensions;
  cache?: CacheMark;
}

/** Where a sentence of the answer comes from. Offsets are in UTF-16 units of the text part they belong to, where known. */
export interface Citation {
  url?: string;
  title?: string;
  citedText?: string;
  start?: number;
  end?: number;
  /** The vendor's own object, written back to the same dialect only. */
  raw?: { dialect: DialectId; value: JsonObject };
}

export interface TextPart extends PartBase {
  type: 'text';
  text: string;
  citations?: Citation[];
  /** Gemini may hang a thought signature on a text part. */
  signature?: Signature;
}

export interface ImagePart extends PartBase {
  type: 'image';
  source: MediaSource;
  /** OpenAI's `detail`: low, high, auto. */
  detail?: string;
  signature?: Signature;
}

export interface AudioPart extends PartBase {
  type: 'audio';
  source: MediaSource;
  /** Spoken text, when the vendor gives it (OpenAI chat audio output). */
  transcript?: string;
  /** The vendor's id of its own earlier audio answer, to refer back to it. */
  id?: string;
}

/** A document or any other file (PDF, plain text, video): `mimeType` of the source tells which. */
export interface FilePart extends PartBase {
  type: 'file';
  source: MediaSource;
  filename?: string;
  /** For text documents whose text is given inline. */
  text?: string;
}

export interface ToolCallPart extends PartBase {
  type: 'tool-call';
  /** Kept end to end. Generated (`call_…`) only where the vendor gives none. */
  id: string;
  name: string;
  /** Arguments as the raw JSON text the model wrote (for a `custom` tool: its free text). May be invalid JSON: models do that. */
  arguments: string;
  /** `custom`: a free-form tool (OpenAI Responses/Chat `custom`), whose input is text, not JSON. */
  kind?: 'function' | 'custom';
  signature?: Signature;
}

export type ToolResultContent = TextPart | ImagePart | AudioPart | FilePart;

export interface ToolResultPart extends PartBase {
  type: 'tool-result';
  callId: string;
  /** Gemini keys results by name; readers of other dialects fill it in from the call it answers when they can see it. */
  name?: string;
  content: ToolResultContent[];
  /** A result that was a JSON object on the wire (Gemini `functionResponse.response`), given so that it can be written back as one. */
  json?: Json;
  isError?: boolean;
  kind?: 'function' | 'custom';
}

export interface ReasoningPart extends PartBase {
  type: 'reasoning';
  /** Visible reasoning or its summary; empty when only the opaque proof exists. */
  text: string;
  signature?: Signature;
  /** Wholly encrypted (Anthropic `redacted_thinking`): no text, only `signature`. */
  redacted?: boolean;
  /** The vendor's item id (Responses `rs_…`). */
  id?: string;
}

export interface RefusalPart extends PartBase {
  type: 'refusal';
  text: string;
}

/**
 * Something a vendor did or returned on its own servers (web search call and results, code execution, MCP call, compaction, …).
 * Written back only to `dialect`. Other dialects show `text` when there is one, else leave the part out (and say so in a warning).
 */
export interface ServerPart extends PartBase {
  type: 'server';
  dialect: DialectId;
  /** The vendor's block or item type, e.g. `web_search_tool_result`, `mcp_call`, `executableCode`. */
  name: string;
  raw: JsonObject;
  /** A readable stand-in for the user, only where leaving the part out would lose content he asked for (generated code and its output). */
  text?: string;
}

export type ContentPart =
  | TextPart
  | ImagePart
  | AudioPart
  | FilePart
  | ToolCallPart
  | ToolResultPart
  | ReasoningPart
  | RefusalPart
  | ServerPart;

export type Role = 'system' | 'developer' | 'user' | 'assistant' | 'tool';

/**
 * One turn. `tool` messages hold only tool-result parts (OpenAI); Anthropic and Gemini put tool results into `user` messages:
 * writers accept both forms. `system`/`developer` may stand anywhere in the list, as OpenAI allows; writers for dialects
 * with one system field lift the leading ones out and keep later ones in place as the dialect best can.
 */
export interface Message {
  role: Role;
  content: ContentPart[];
  /** OpenAI's per-message `name`. */
  name?: string;
  extensions?: Extensions;
}
