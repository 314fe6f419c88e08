import type { GatewayError } from '../conversation/error.ts';
import type { Plan, Step } from './plan.ts';
import type { Target } from './target.ts';

/** Failures after which the same target may do better a moment later. Timeouts are not among them: the wait has been had. */
export function isTransient(error: GatewayError): boolean {
  if (error.code?.endsWith('timeout')) return false;
  return error.class === 'overload' || error.class === 'network' || error.class === 'empty';
}

interface Entry {
  step: Step;
  /** Blocked by its provider's open breaker alone: asked only when nobody else is left. */
  lastResort: boolean;
  tries: number;
  /** The account had no turn to give in time. */
  busy: boolean;
  last: GatewayError | undefined;
}

/**
 * Which target comes next: each in the plan's order, the busy ones once more with patience, then (after a pause) those again whose
 * failure may have passed. Knows no clock and does no I/O.
 */
export class Rounds {
  readonly #entries: Entry[];
  readonly #retries: number;
  #waiting: Entry[];
  #current: Entry | undefined;
  /** How many pauses there have been. */
  #round = 0;

  constructor(plan: Plan, retries: number) {
    const resort = plan.skipped
      .filter(({ block }) => block.reason === 'breaker')
      .map(({ target, block }) => entry({ target, why: [block.detail] }, true));
    this.#entries = [...plan.steps.map((step) => entry(step, false)), ...resort];
    this.#retries = retries;
    this.#waiting = [...this.#entries];
  }

  /** The next target of this round. `usable` says which could be asked at all. */
  next(usable: (target: Target, lastResort: boolean) => boolean): Turn | undefined {
    for (let candidate = this.#waiting.shift(); candidate; candidate = this.#waiting.shift()) {
      if (!usable(candidate.step.target, candidate.lastResort)) continue;
      this.#current = candidate;
      const others = this.#waiting.some(({ step, lastResort }) => usable(step.target, lastResort));
      const patient = candidate.busy || !others;
      candidate.busy = false;
      return { step: candidate.step, lastResort: candidate.lastResort, others, patient };
    }
    return undefined;
  }

  /** The current target failed. */
  failed(error: GatewayError): void {
    if (!this.#current) return;
    this.#current.tries += 1;
    this.#current.last = error;
  }

  /** The current target's account had no turn within the wait: it is asked once more, with patience, after the others. */
  busy(wasPatient: boolean): void {
    if (!this.#current || wasPatient) return;
    this.#current.busy = true;
    this.#waiting.push(this.#current);
  }

  /** Begins another round of those worth asking again: gives its number, or `undefined` when none is. */
  again(usable: (target: Target, lastResort: boolean) => boolean): number | undefined {
    this.#waiting = this.#entries.filter(
      ({ step, lastResort, tries, last }) => last && isTransient(last) && tries <= this.#retries && usable(step.target, lastResort),
    );
    if (this.#waiting.length === 0) return undefined;
    this.#round += 1;
    return this.#round;
  }

  /** How many could still be asked in this round, the current one included. */
  get left(): number {
    return this.#waiting.length + 1;
  }
}

export interface Turn {
  step: Step;
  lastResort: boolean;
  /** Somebody else is still left in this round. */
  others: boolean;
  /** Worth waiting for its account's turn as long as the queue allows. */
  patient: boolean;
}

const entry = (step: Step, lastResort: boolean): Entry => ({ step, lastResort, tries: 0, busy: false, last: undefined });
