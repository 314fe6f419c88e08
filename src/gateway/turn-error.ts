import { GatewayError } from '../conversation/error.ts';
import { AllFailed } from '../routing/all-failed.ts';

/** What a turn failed with, as it is told. */
export function asError(thrown: unknown, signal: AbortSignal): GatewayError {
  if (thrown instanceof AllFailed) return thrown.error;
  if (signal.aborted && signal.reason instanceof GatewayError) return signal.reason;
  if (thrown instanceof GatewayError) return thrown;
  return new GatewayError({
    class: 'internal',
    code: 'internal_error',
    message: 'The gateway failed while it handled this request; its log says more.',
    cause: thrown,
  });
}

/** Where a failure of our own came from, for the log. */
export function stackOf(thrown: unknown): string {
  const deepest = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  const root = deepest instanceof Error && deepest.cause instanceof Error ? deepest.cause : deepest;
  return root instanceof Error ? (root.stack ?? root.message) : String(root);
}

/** The answer was not complete within `settings.timeouts.totalMs`. */
export function totalTimeout(ms: number): GatewayError {
  const message = `No answer was complete within ${Math.round(ms / 1000)} s.`;
  return new GatewayError({ class: 'network', status: 504, code: 'total_timeout', message });
}
