import type { ClientDialectId } from '../../src/conversation/dialect-id.ts';

/** Where an SDK is pointed: straight at the scripted provider, or at the gateway. */
export interface Target {
  /** No path; each SDK appends its own. */
  url: string;
  key: string;
}

/** One ask through an SDK. */
export interface Ask {
  target: Target;
  model: string;
  stream: boolean;
  /** A request body of the dialect, without model and stream. */
  body: Record<string, unknown>;
  /** Version and beta headers, where the recording has some. */
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** Called at each event of a streamed answer. */
  onEvent?: () => void;
  /** Also hold the answer against the SDK's own accumulator, which is stricter than its stream. */
  strict?: boolean;
}

export const TIMEOUT_MS = 15_000;
export const DIALECTS: readonly ClientDialectId[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini'];
