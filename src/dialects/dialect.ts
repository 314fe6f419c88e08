import type { ClientDialectId, DialectId } from '../conversation/dialect-id.ts';
import type { GatewayError, Parsed } from '../conversation/error.ts';
import type { Json, JsonObject } from '../conversation/json.ts';
import type { ChatRequest } from '../conversation/request.ts';
import type { ChatResponse } from '../conversation/response.ts';
import type { StreamEvent } from '../conversation/stream-event.ts';
import type { FailureRule } from './shared/classify.ts';

/** What the URL says about a request (Gemini puts model and streaming there). */
export interface RequestRoute {
  model?: string;
  stream?: boolean;
}

/** One server-sent event as parsed: `event` is absent when the line was. */
export interface SseEvent {
  event?: string;
  data: string;
  /** `data` parsed, once somebody has (`jsonOf`). */
  json?: Json | undefined;
}

/** Who will receive a request that is being written. All facts, no provider names. */
export interface WriteContext {
  /** The vendor's model id, without our prefix. */
  model: string;
  /** The vendor's model lists no thinking: reasoning settings are left out. Unknown is `undefined`. */
  thinks?: boolean;
  /** Add a sentence when something had to be left out; it reaches the client in `x-omniroute-warning`. */
  warn(message: string): void;
}

/** For whom an answer is being written. */
export interface ReplyContext {
  /** The client's request: which tools are custom, whether usage was asked for, what to echo. */
  request: ChatRequest;
  /** The model name to show when the vendor's answer names none. */
  model: string;
  /** The id the answer must have in a dialect whose ids can be referred to later (Responses); the vendor's own or a new one when absent. */
  responseId?: string;
  warn(message: string): void;
  /** Milliseconds since the epoch; handed in so that tests are stable. */
  now(): number;
  /** A new unique id body (no prefix), for answers whose vendor gives none. */
  newId(): string;
}

export interface ReadContext {
  /** The client's request, as given to `writeRequest`: tool names are mapped back with it. */
  request: ChatRequest;
  /** The vendor's model id the request was sent to; stands in signatures. */
  model: string;
  /** The provider's own lines for classing an error inside a 200. */
  rules?: readonly FailureRule[];
  now(): number;
  newId(): string;
}

/** Turns a vendor's events into ours. No I/O: a test can cut a recording anywhere. */
export interface StreamReader {
  push(event: SseEvent): StreamEvent[];
  /**
   * The connection ended cleanly. Gives what is still owed (open parts' ends, the finish) and, when the dialect's end mark
   * has not been seen, an `error` of class `network`, code `stream_truncated`.
   */
  end(): StreamEvent[];
}

/** Turns our events into the client's bytes (text, already framed: `event: …\ndata: …\n\n`). */
export interface StreamWriter {
  push(event: StreamEvent): string;
  /** After the last event: closes parts left open and writes the terminal event, unless an `error` was pushed before. */
  end(): string;
  /** What keeps the connection alive in this dialect: a comment, or Anthropic's `ping` event. */
  ping(): string;
}

export interface ErrorReply {
  status: number;
  body: JsonObject;
}

/** Which reasoning of earlier turns must not be sent, and to whom. */
export interface ReasoningFilter {
  /** The vendor's model id. */
  model: string;
  /** True when the reasoning with this proof (signature, encrypted content) must go; `undefined` stands for reasoning without one. */
  drop(proof: string | undefined): boolean;
  /**
   * The vendor has refused the conversation for its reasoning: what it would refuse for the lack of reasoning goes too
   * (a thinking budget while tool calls are being answered, ids that point at reasoning).
   */
  refused: boolean;
}

/** How a dialect's requests carry the reasoning of earlier turns, in dialects that sign or encrypt it. */
export interface ReasoningReplay {
  /** One of these stands in the text of every request that carries a proof. */
  readonly marks: readonly string[];
  /** A copy of a request body without the reasoning that `filter` drops; the same object when there is none. Loses nothing else. */
  without(body: JsonObject, filter: ReasoningFilter): JsonObject;
  /** The proofs as they stand in a request, where a `Signature.value` packs several. Absent: the value itself. */
  proofsOf?(value: string): string[];
}

/** How a provider's dialect is read and written. */
export interface ProviderDialect {
  readonly id: DialectId;
  /**
   * The vendor's request body. Never throws on anything `readRequest` accepts: what the dialect cannot say is left out with a warning.
   * For openai-chat, `stream_options.include_usage` is set on streamed requests (the gateway hides the chunk from clients that did not ask).
   */
  writeRequest(request: ChatRequest, context: WriteContext): JsonObject;
  /** A whole answer; an error body inside a 200 is `ok: false`. */
  readResponse(body: JsonObject, context: ReadContext): Parsed<ChatResponse>;
  /** A streamed answer that came as one JSON array of chunks (Gemini without `alt=sse`), where the dialect has that form. */
  readChunks?(chunks: Json[], context: ReadContext): Parsed<ChatResponse>;
  /** The id of an answer that is not there yet and can be asked for later (Responses' background mode). */
  pendingId?(body: JsonObject): string | undefined;
  streamReader(context: ReadContext): StreamReader;
  /** The event after which nothing comes, in dialects that have one: a host that then keeps the connection open is not waited for. */
  isEnd?(event: SseEvent): boolean;
  /** Absent where nothing is signed. */
  readonly replay?: ReasoningReplay;
  /**
   * Classes a failed answer with `classifyFailure`. `body` is the parsed JSON, or the text when it is not JSON (an HTML page of a proxy too);
   * `headers` have lower-case names; `rules` are the provider's own. `retryAfterMs` is filled from headers or body.
   */
  readError(status: number, headers: Record<string, string>, body: unknown, rules: readonly FailureRule[], now: number): GatewayError;
}

/** How a client's dialect is read and written. */
export interface ClientDialect extends ProviderDialect {
  readonly id: ClientDialectId;
  /** Checks with zod and names the path of a bad field (`request` class, `param`). Unknown fields are kept in `extensions[id]`. */
  readRequest(body: unknown, route: RequestRoute): Parsed<ChatRequest>;
  writeResponse(response: ChatResponse, context: ReplyContext): JsonObject;
  streamWriter(context: ReplyContext): StreamWriter;
  /** The error body and status as this dialect's own API would send it. `raw` of the same dialect is passed on as it was. */
  writeError(error: GatewayError, requestId: string): ErrorReply;
  /** The same error inside a stream that has already begun, framed; ends the stream. */
  writeStreamError(error: GatewayError, requestId: string): string;
  /**
   * Same dialect on both sides: removes from a vendor's answer what strict SDKs of this dialect trip over.
   * Gives the same object when there is nothing to remove (the caller then forwards the bytes as they came).
   */
  sanitizeResponse(body: JsonObject): JsonObject;
  /** The same for one event of a stream; `undefined` drops the event. */
  sanitizeEvent(data: JsonObject, request: { includeUsage: boolean }): JsonObject | undefined;
}
