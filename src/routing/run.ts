import type { Settings } from '../config/schema.ts';
import { GatewayError } from '../conversation/error.ts';
import type { Usage } from '../conversation/usage.ts';
import { AllFailed, nobodyLeft, summary, toldOf } from './all-failed.ts';
import { backoffMs, pause } from './backoff.ts';
import type { AffinityBook, BudgetBook, HealthBook, LimitBook, Permit, QuotaWatch } from './books.ts';
import { CommitDeadline } from './commit-deadline.ts';
import type { AttemptRecord } from './exchange.ts';
import type { Asker, Needs } from './facts.ts';
import type { Plan, Skipped } from './plan.ts';
import { proxyOrigin } from './proxy-origin.ts';
import { rehome } from './rehome.ts';
import { Rounds, type Turn } from './rounds.ts';
import type { Target } from './target.ts';

/** What running a plan works with. */
export interface RunContext {
  books: { health: HealthBook; limits: LimitBook; affinity: AffinityBook; budgets: BudgetBook; quota: QuotaWatch };
  settings: Pick<Settings, 'routing' | 'queue' | 'timeouts'>;
  asker: Asker;
  needs: Needs;
  /** Aborted when the client goes away or the total deadline passes; its reason is a GatewayError. */
  signal: AbortSignal;
  now(): number;
  random(): number;
  warn(message: string): void;
  /** Each attempt as it ends, for those who watch. */
  onAttempt?(record: AttemptRecord): void;
}

/** How one target is asked. */
export interface AttemptTerms {
  /** Ends the attempt: the client left, a deadline passed. */
  signal: AbortSignal;
  /** Nobody else is left in this round. */
  last: boolean;
  /** What an answer's rate-limit headers are told to. */
  onHeaders(headers: Record<string, string | string[] | undefined>): void;
}

export type AskTarget<T> = (target: Target, terms: AttemptTerms) => Promise<T>;

/** An answer that has begun. */
export interface Ran<T> {
  answer: T;
  target: Target;
  attempts: AttemptRecord[];
  /** To be told, once, how the answer ended: frees the account's turn and settles budgets. */
  finished(usage: Usage | undefined, error: GatewayError | undefined): void;
}

/** Asks the targets of a plan, each in its turn, until one answers. Throws AllFailed. */
export async function runPlan<T>(plan: Plan, context: RunContext, ask: AskTarget<T>): Promise<Ran<T>> {
  return await new Run(plan, context, ask).answer();
}

class Run<T> {
  readonly #plan: Plan;
  readonly #context: RunContext;
  readonly #ask: AskTarget<T>;
  readonly #rounds: Rounds;
  readonly #deadline: CommitDeadline;
  readonly #attempts: AttemptRecord[] = [];
  #target: Target | undefined;
  #refusedTurn: GatewayError | undefined;

  constructor(plan: Plan, context: RunContext, ask: AskTarget<T>) {
    this.#plan = plan;
    this.#context = context;
    this.#ask = ask;
    this.#rounds = new Rounds(plan, context.settings.routing.retries);
    this.#deadline = new CommitDeadline(context.signal, plan.bounds.deadlineMs, context.settings.timeouts.totalMs, context.now);
  }

  async answer(): Promise<Ran<T>> {
    try {
      do {
        const ran = await this.#round();
        if (ran) return ran;
      } while (await this.#anotherRound());
    } finally {
      this.#deadline.stop();
    }
    throw this.#allFailed();
  }

  async #round(): Promise<Ran<T> | undefined> {
    for (let turn = this.#next(); turn; turn = this.#next()) {
      const permit = await this.#permit(turn);
      if (!permit) continue;
      if (!this.#stillAllowed(turn)) {
        permit.release();
        continue;
      }
      const ran = await this.#attempt(turn, permit);
      if (ran) return ran;
    }
    return undefined;
  }

  #next(): Turn | undefined {
    if (this.#attempts.length >= this.#plan.bounds.maxAttempts) return undefined;
    return this.#rounds.next((target, lastResort) => this.#usable(target, lastResort));
  }

  /** Another request, or an earlier attempt of this one, may have found out something since the plan was made. */
  #usable(target: Target, lastResort: boolean): boolean {
    const block = this.#context.books.health.blocked(target);
    return block === undefined || (lastResort && block.reason === 'breaker');
  }

  /** After the wait for its turn: budgets may be spent and health may be worse by now. */
  #stillAllowed({ step, lastResort }: Turn): boolean {
    const { books, asker } = this.#context;
    if (books.budgets.blocked(step.target, asker, this.#plan.combo)) return false;
    return books.health.admit(step.target, lastResort);
  }

  async #permit(turn: Turn): Promise<Permit | undefined> {
    const { books, settings, asker, needs } = this.#context;
    const waitMs = turn.patient ? settings.queue.waitMs : settings.queue.spillMs;
    const tokens = needs.inputTokens + Math.min(needs.outputTokens ?? 0, 4000);
    try {
      const { account, model } = turn.step.target;
      return await books.limits.acquire(account, { key: asker.key, model, tokens, waitMs, signal: this.#deadline.signal });
    } catch (error) {
      if (this.#deadline.signal.aborted || !(error instanceof GatewayError)) throw this.#ended(error);
      this.#refusedTurn = error;
      this.#rounds.busy(turn.patient);
      return undefined;
    }
  }

  async #attempt(turn: Turn, permit: Permit): Promise<Ran<T> | undefined> {
    const { books, asker, now, warn } = this.#context;
    const { target } = turn.step;
    this.#target = target;
    const started = now();
    const settle = books.budgets.spend(target, asker, this.#plan.combo);
    const share = this.#deadline.share(turn.others ? this.#rounds.left : 1);
    books.limits.started(target);
    try {
      const answer = await this.#ask(target, {
        signal: share.signal,
        last: !turn.others,
        onHeaders: (headers) => this.#learn(target, headers),
      });
      books.health.succeeded(target, now() - started);
      this.#record(target, started, undefined);
      for (const warning of books.budgets.warnings(target, asker, this.#plan.combo)) warn(warning);
      rehome(this.#plan, this.#context, target, this.#attempts);
      return { answer, target, attempts: this.#attempts, finished: this.#finisher(target, permit, settle) };
    } catch (error) {
      permit.release();
      settle(undefined);
      this.#failed(target, started, asFailure(error));
      return undefined;
    } finally {
      share.stop();
    }
  }

  #learn({ account, model }: Target, headers: Parameters<AttemptTerms['onHeaders']>[0]): void {
    const { limits, quota } = this.#context.books;
    limits.learn(account, headers, model);
    quota.learn(account, headers, model);
  }

  #finisher(target: Target, permit: Permit, settle: (usage: Usage | undefined) => void): Ran<T>['finished'] {
    return (usage, error) => {
      permit.release(usage);
      // An answer without a report is not one that took nothing: budgets note it as not counted.
      settle(usage ?? {});
      if (error && error.class !== 'cancelled') this.#context.books.health.failed(target, error);
    };
  }

  /** Notes a failed attempt; throws when nobody else may be asked. */
  #failed(target: Target, started: number, failure: GatewayError): void {
    const { health } = this.#context.books;
    this.#record(target, started, failure);
    if (failure.class === 'cancelled' || this.#deadline.blameless(started)) health.abandoned(target);
    else health.failed(target, failure);
    if (failure.class === 'quota') this.#context.books.quota.refused(target.account);
    this.#rounds.failed(failure);
    if (this.#deadline.signal.aborted) throw this.#ended(failure);
    if (!this.#plan.bounds.fallbackOn.has(failure.class)) throw this.#fail(failure);
  }

  #record(target: Target, started: number, error: GatewayError | undefined): void {
    const { now, onAttempt } = this.#context;
    const { config, provider } = target.account;
    const record: AttemptRecord = {
      target: target.name,
      account: config.name,
      provider: provider.id,
      proxy: proxyOrigin(config.proxy),
      startedAt: started,
      ms: now() - started,
      ...(error ? { error } : {}),
    };
    this.#attempts.push(record);
    onAttempt?.(record);
  }

  async #anotherRound(): Promise<boolean> {
    if (this.#attempts.length >= this.#plan.bounds.maxAttempts) return false;
    const round = this.#rounds.again((target, lastResort) => this.#usable(target, lastResort));
    if (round === undefined) return false;
    const { backoffMs: baseMs, maxBackoffMs: maxMs } = this.#context.settings.routing;
    const ms = backoffMs(round, { baseMs, maxMs }, this.#context.random);
    // A pause that would outlast the deadline helps nobody: better the failure now.
    if (ms >= this.#deadline.remaining()) return false;
    try {
      await pause(ms, this.#deadline.signal);
      return true;
    } catch (error) {
      throw this.#ended(error);
    }
  }

  #allFailed(): AllFailed {
    const now = this.#context.now();
    const told = toldOf(this.#attempts, this.#plan.skipped, now);
    if (told) return this.#fail(told);
    const skipped = [...this.#plan.skipped, ...this.#blockedSince()];
    return this.#fail(this.#refusedTurn ?? nobodyLeft({ ...this.#plan, skipped }, now));
  }

  /** What has come in the way of planned targets while the request waited. */
  #blockedSince(): Skipped[] {
    const { books, asker } = this.#context;
    return this.#plan.steps.flatMap(({ target }) => {
      const block = books.health.blocked(target) ?? books.budgets.blocked(target, asker, this.#plan.combo);
      return block ? [{ target, block }] : [];
    });
  }

  /** The deadline passed or the client left. */
  #ended(error: unknown): AllFailed {
    const { signal } = this.#deadline;
    return this.#fail(asFailure(signal.aborted ? signal.reason : error));
  }

  #fail(failure: GatewayError): AllFailed {
    const told = failure.class === 'cancelled' || this.#attempts.length === 0;
    const error = told ? failure : summary(failure, this.#attempts, this.#plan.skipped, this.#context.now());
    return new AllFailed(error, this.#attempts, this.#target);
  }
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
