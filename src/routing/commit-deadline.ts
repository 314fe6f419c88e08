import { GatewayError } from '../conversation/error.ts';

/** An attempt shorter than this that the deadline cut off says nothing about its target. */
const FAIR_MS = 5000;

/**
 * The time until an answer must have begun, over all attempts: the user waits no longer. Each attempt gets its share of what is
 * left, so that one silent target does not take the others' time too.
 */
export class CommitDeadline {
  readonly #outer: AbortSignal;
  readonly #ends: number;
  readonly #total: number;
  readonly #now: () => number;
  /** The signal of a deadline shorter than the total time, which `outer` watches already. */
  readonly #own: AbortSignal;
  readonly #stop: () => void;

  /** `deadlineMs` is the combo's; without it the total time alone counts. */
  constructor(outer: AbortSignal, deadlineMs: number | undefined, totalMs: number, now: () => number) {
    this.#outer = outer;
    this.#now = now;
    this.#total = Math.min(deadlineMs ?? totalMs, totalMs);
    this.#ends = now() + this.#total;
    const linked = deadlineMs !== undefined && deadlineMs < totalMs ? linkedTo([outer], deadlineMs, 'deadline') : undefined;
    this.#own = linked?.signal ?? outer;
    this.#stop = linked?.stop ?? (() => {});
  }

  /** Aborted when the time is up or the client left. */
  get signal(): AbortSignal {
    return this.#own;
  }

  remaining(): number {
    return this.#ends - this.#now();
  }

  /** True when the deadline ended an attempt that had hardly begun. */
  blameless(started: number): boolean {
    const ran = this.#now() - started;
    return this.#own.aborted && ran < Math.min(FAIR_MS, this.#total / 2);
  }

  /** The signal of one attempt among `count` that are left: fires with its share of the time, until `stop`; with the client's leaving also after it, since the answer then still runs. */
  share(count: number): { signal: AbortSignal; stop(): void } {
    if (count <= 1 && this.#own === this.#outer) return { signal: this.#outer, stop: () => {} };
    const shareMs = count > 1 ? this.remaining() / count : undefined;
    return linkedTo([this.#outer, this.#own], shareMs, 'attempt_timeout');
  }

  stop(): void {
    this.#stop();
  }
}

/** A signal that follows the first of `signals` for good, and the others and a timer until `stop`. */
function linkedTo(
  [outer, ...others]: [AbortSignal, ...AbortSignal[]],
  ms: number | undefined,
  code: 'deadline' | 'attempt_timeout',
): { signal: AbortSignal; stop(): void } {
  const own = new AbortController();
  const released = new AbortController();
  const follow = (signal: AbortSignal, options: { once: true; signal?: AbortSignal }): void => {
    if (signal.aborted) own.abort(signal.reason);
    else signal.addEventListener('abort', () => own.abort(signal.reason), options);
  };
  follow(outer, { once: true });
  for (const signal of others) follow(signal, { once: true, signal: released.signal });
  const timer = ms === undefined ? undefined : setTimeout(() => own.abort(tooLate(code, ms)), ms);
  return {
    signal: own.signal,
    stop: () => {
      clearTimeout(timer);
      released.abort();
    },
  };
}

function tooLate(code: 'deadline' | 'attempt_timeout', ms: number): GatewayError {
  const within = `within ${Math.round(ms / 100) / 10} s`;
  const message = code === 'deadline' ? `No answer had begun ${within}.` : `The provider had not begun to answer ${within}.`;
  return new GatewayError({ class: 'network', status: 504, code, message });
}
