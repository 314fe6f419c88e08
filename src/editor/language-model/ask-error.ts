import * as l10n from '@vscode/l10n';
import type { FailureClass, GatewayError } from '../../conversation/error.ts';
import { formatCountdown } from '../format/index.ts';

/**
 * Which of VS Code's `LanguageModelError`s a failure is; `other` is none. What its callers are told of them
 * (`LanguageModelChat.sendRequest`): NoPermissions: may not; NotFound: the model is gone; Blocked: a quota or limit is exceeded, or it
 * was filtered.
 */
export type AskFailure = 'not-found' | 'no-permissions' | 'blocked' | 'other';

export class AskError extends Error {
  override readonly name = 'AskError';
  readonly failure: AskFailure;

  constructor(failure: AskFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.failure = failure;
  }
}

/** The gateway's message as it came, and the wait in words where it names one. */
export function askErrorOf(error: GatewayError): AskError {
  return new AskError(failureOf(error.class, error.code), withWait(error), error);
}

const MISSING: ReadonlySet<string> = new Set(['model_not_found', 'unknown_model']);

function failureOf(failure: FailureClass, code: string | undefined): AskFailure {
  if (code !== undefined && MISSING.has(code)) return 'not-found';
  switch (failure) {
    case 'auth':
      return 'no-permissions';
    case 'policy':
    case 'quota':
    case 'rate':
    case 'billing':
      return 'blocked';
    case 'request':
    case 'context':
    case 'overload':
    case 'capability':
    case 'network':
    case 'empty':
    case 'cancelled':
    case 'internal':
      return 'other';
  }
}

function withWait({ message, retryAfterMs }: GatewayError): string {
  if (retryAfterMs === undefined || retryAfterMs < 1000) return message;
  return l10n.t('{0} Worth trying again in {1}.', sentence(message), formatCountdown(retryAfterMs));
}

function sentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
