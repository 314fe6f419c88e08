import type { GatewayError } from '../conversation/error.ts';
import type { JsonObject } from '../conversation/json.ts';
import type { ChatRequest } from '../conversation/request.ts';
import type { Usage } from '../conversation/usage.ts';
import type { ClientDialect } from '../dialects/dialect.ts';

/** One client's request on its way through the gateway. */
export interface Exchange {
  id: string;
  client: ClientDialect;
  request: ChatRequest;
  /** The client's body as received, for targets of the same dialect. */
  body: string;
  /** `body`, parsed. */
  parsed: JsonObject;
  /** True when `request` holds more than `body` does (a stored conversation was put in front), so the body cannot pass through. */
  expanded: boolean;
  /** The id a translated answer gets, where clients refer back to it (Responses). */
  responseId?: string;
  /** Client headers that a provider of the same dialect may need: `anthropic-beta`, `anthropic-version`, `openai-beta`. */
  headers: Record<string, string>;
  /** Aborted when the client goes away or the deadline passes; its reason is a GatewayError. */
  signal: AbortSignal;
  warn(message: string): void;
  now(): number;
  newId(): string;
}

/** What became of one attempt. */
export interface AttemptRecord {
  /** `prefix/model`. */
  target: string;
  account: string;
  /** Id of the account's provider. */
  provider?: string;
  /** Scheme, host and port of the proxy it went through; `null`: none. */
  proxy?: string | null;
  /** Milliseconds since the epoch. */
  startedAt?: number;
  ms: number;
  /** Absent when the attempt answered. */
  error?: GatewayError;
}

/** What is learned about an answer while it is delivered. */
export interface AnswerReport {
  usage: Usage | undefined;
  model: string | undefined;
  finish: string | undefined;
  /** Set when the answer broke off after it had begun. */
  error: GatewayError | undefined;
  /** The vendor's own bytes were given, so its ids are the client's. */
  passedThrough: boolean;
  /** The answer is still to come and has to be asked for under this id, at the same account. */
  pendingId?: string;
}

/** An answer that has begun: nothing else may answer any more. */
export type Answer =
  | { kind: 'whole'; body: string; report: AnswerReport }
  | {
      kind: 'stream';
      /** What was held back until now. */
      head: string;
      /** Delivers the rest; `write` resolves when the client can take more. Never rejects: a failure is written in the client's dialect. */
      pump(write: (text: string) => Promise<void> | undefined): Promise<AnswerReport>;
    };
