/** The smallest wait, as a share of the ceiling: full jitter alone may draw (nearly) nothing, and several clients would hammer. */
const LEAST_SHARE = 0.1;

/**
 * Milliseconds to wait before try `attempt` (0 is the first repetition): exponential with full jitter (AWS Architecture Blog,
 * "Exponential Backoff And Jitter"): anything up to `baseMs × 2^attempt`, at most `maxMs`, but a tenth of that ceiling at least.
 */
export function backoffMs(attempt: number, { baseMs, maxMs }: { baseMs: number; maxMs: number }, random: () => number): number {
  const ceiling = doubled(baseMs, attempt, maxMs);
  return Math.round(ceiling * (LEAST_SHARE + (1 - LEAST_SHARE) * random()));
}

/** `baseMs` doubled `times` times, at most `maxMs`. */
export function doubled(baseMs: number, times: number, maxMs: number): number {
  // 2^1024 is Infinity, which min() takes well; a negative count is none.
  return Math.min(maxMs, baseMs * 2 ** Math.max(0, times));
}

/** Resolves after `ms`; rejects at once with the signal's reason when it aborts. Leaves neither a timer nor a listener behind. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
