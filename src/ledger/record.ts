import type { FailureClass } from '../conversation/error.ts';
import type { Usage } from '../conversation/usage.ts';

/** What is kept of one request. Never prompts, answers or credentials. */
export interface RequestRecord {
  id: string;
  /** Milliseconds since the epoch. */
  at: number;
  /** Name of the gateway key used. */
  key: string;
  /** The client's User-Agent, shortened. */
  client: string;
  dialect: string;
  /** The model name as asked for. */
  requested: string;
  /** `prefix/model` that answered, or was tried last. */
  target: string | undefined;
  account: string | undefined;
  /** The combo the name stood for. */
  combo: string | undefined;
  attempts: { target: string; account: string; ms: number; class?: FailureClass; status?: number }[];
  /** Targets that would have come into question and were not asked: cooling, over budget, unable. */
  skipped: { target: string; account: string; reason: string }[];
  streamed: boolean;
  /** Until the first byte of the answer was written to the client. */
  firstByteMs: number | undefined;
  totalMs: number;
  usage: Usage | undefined;
  finish: string | undefined;
  /** HTTP status the client got. */
  status: number;
  error: { class: FailureClass; code: string | undefined } | undefined;
  cancelled: boolean;
  /** Id of the request whose answer this one was given as well: the usage stands there alone. */
  sharedWith?: string;
}
