import type { Credentials } from '../accounts/account.ts';
import { type FailureClass, GatewayError } from '../conversation/error.ts';
import type { ChatResponse } from '../conversation/response.ts';
import type { StreamEvent } from '../conversation/stream-event.ts';
import type { Upstream } from '../upstream/http.ts';
import type { Timeouts } from '../upstream/timers.ts';
import { attempt } from './attempt.ts';
import type { Answer, AttemptRecord, Exchange } from './exchange.ts';
import { answerOffline } from './offline.ts';
import type { RefusedParameters } from './refused-parameters.ts';
import type { SignatureBook } from './signatures/book.ts';
import type { Target } from './target.ts';

export interface RunOptions {
  upstream: Upstream;
  credentials: Credentials;
  timeouts: Timeouts;
  reasoningHoldMs: number;
  refused: RefusedParameters;
  signatures: SignatureBook;
  observe?: ((event: StreamEvent) => void) | undefined;
  onResponse?: ((response: ChatResponse) => void) | undefined;
  /** Called before each attempt, so that observers of a new attempt start afresh. */
  onAttempt?: ((target: Target) => void) | undefined;
}

export interface Ran {
  answer: Answer;
  target: Target;
  attempts: AttemptRecord[];
}

/** A failure of all targets, with what was tried. */
export class AllFailed extends Error {
  override readonly name = 'AllFailed';
  readonly error: GatewayError;
  readonly attempts: AttemptRecord[];
  readonly target: Target | undefined;

  constructor(error: GatewayError, attempts: AttemptRecord[], target: Target | undefined) {
    super(error.message, { cause: error });
    this.error = error;
    this.attempts = attempts;
    this.target = target;
  }
}

/** Failures that another target would not mend, or must not be tried around. */
const FINAL: ReadonlySet<FailureClass> = new Set(['request', 'context', 'policy', 'cancelled', 'internal']);

/** Tries the targets in order until one answers. Throws AllFailed. */
export async function run(exchange: Exchange, targets: readonly Target[], options: RunOptions): Promise<Ran> {
  const attempts: AttemptRecord[] = [];
  for (const [index, target] of targets.entries()) {
    const started = exchange.now();
    const record = (error?: GatewayError): void => {
      attempts.push({
        target: target.name,
        account: target.account.config.name,
        ms: exchange.now() - started,
        ...(error ? { error } : {}),
      });
    };
    options.onAttempt?.(target);
    try {
      const answer = await tryTarget(exchange, target, options, index === targets.length - 1);
      record();
      return { answer, target, attempts };
    } catch (error) {
      const failure = asFailure(error);
      record(failure);
      if (FINAL.has(failure.class) || exchange.signal.aborted || index === targets.length - 1)
        throw new AllFailed(summary(failure, attempts), attempts, target);
    }
  }
  throw new AllFailed(
    new GatewayError({ class: 'internal', code: 'no_target', message: 'No account can answer this.' }),
    attempts,
    undefined,
  );
}

async function tryTarget(exchange: Exchange, target: Target, options: RunOptions, last: boolean): Promise<Answer> {
  if (target.account.provider.offline) return answerOffline(exchange, target, options);
  return await attempt(exchange, target, {
    upstream: options.upstream,
    timeouts: options.timeouts,
    reasoningHoldMs: last ? options.reasoningHoldMs : undefined,
    credentials: options.credentials,
    signatures: options.signatures,
    refused: options.refused,
    observe: options.observe,
    onResponse: options.onResponse,
  });
}

function asFailure(error: unknown): GatewayError {
  return error instanceof GatewayError
    ? error
    : new GatewayError({
        class: 'internal',
        code: 'internal_error',
        message: 'The gateway failed while it handled this request.',
        cause: error,
      });
}

/** One failure speaks for itself; after several, the last one is told with the list of what was tried. */
function summary(failure: GatewayError, attempts: readonly AttemptRecord[]): GatewayError {
  if (attempts.length < 2) return failure;
  const tried = attempts.map(({ target, account, error }) => `${target} (${account}): ${error?.class ?? 'ok'}`).join('; ');
  const { message, status, code, param, retryAfterMs } = failure;
  return new GatewayError({
    class: failure.class,
    status,
    code,
    param,
    retryAfterMs,
    message: `${message} Tried ${tried}.`,
    cause: failure,
  });
}
