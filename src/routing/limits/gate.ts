import type { LimitsConfig } from '../../config/accounts.ts';
import type { Usage } from '../../conversation/usage.ts';
import { counted } from './refusal.ts';
import { type Start, StartLog } from './start-log.ts';
import type { Closure, Windows } from './windows.ts';

/** What a request asks of an account. */
export interface GateAsk {
  /** Input and output, estimated. */
  tokens: number;
  /** The vendor's model id, where limits may hold for one model. */
  model?: string;
}

/** A request that was let through. */
export interface Pass {
  readonly start: Start;
  readonly model: string | undefined;
  /** The start before it, for the gap, should it be taken back. */
  readonly previousStart: number;
}

/** What keeps a request from starting. */
export interface Shut {
  until: number;
  why: string;
  /** Until when all of the account's requests have to wait; absent when it is the model alone. */
  accountUntil?: number;
}

/** Requests and tokens a minute, gap and concurrency of one account. Knows no queue and no timer. */
export class Gate {
  /** The user's limits; they win over what headers taught. */
  limits: LimitsConfig = {};
  readonly #windows: Windows;
  readonly #log = new StartLog();
  readonly #logs = new Map<string, StartLog>();
  #running = 0;
  #lastStart = Number.NEGATIVE_INFINITY;

  constructor(windows: Windows) {
    this.#windows = windows;
  }

  get running(): number {
    return this.#running;
  }

  /** As many requests are under way as may be; nobody knows when one ends. */
  get full(): boolean {
    return this.#running >= (this.limits.maxConcurrent ?? Number.POSITIVE_INFINITY);
  }

  /** What keeps a request from starting after `ahead` others, and until when; `undefined` when nothing does. Concurrency is not asked. */
  shut(ask: GateAsk, ahead: number, now: number): Shut | undefined {
    // The usual case, asked twice by every request.
    if (this.#unlimited) return undefined;
    const shut = later(this.#rpm(ask, ahead, now), this.#tpm(ask, now));
    return later(later(shut, this.#gap(ahead, now)), this.#windows.closed(ask, now));
  }

  /** Lets a request through. */
  start({ tokens, model }: GateAsk, now: number): Pass {
    const pass = { start: { at: now, tokens }, model, previousStart: this.#lastStart };
    this.#lastStart = now;
    this.#running += 1;
    for (const log of this.#logsOf(model)) log.add(pass.start);
    this.#windows.took(model, 1);
    return pass;
  }

  /** The request has ended: the tokens it took replace the estimate where they are known. */
  end({ start, model }: Pass, usage: Usage | undefined, now: number): void {
    this.#running -= 1;
    const tokens = tokensOf(usage, start.tokens);
    for (const log of this.#logsOf(model)) log.correct(start, tokens, now);
    start.tokens = tokens;
  }

  /** The request never went out: as if it had not been let through. */
  takeBack({ start, model, previousStart }: Pass): void {
    this.#running -= 1;
    for (const log of this.#logsOf(model)) log.remove(start);
    this.#windows.took(model, -1);
    if (this.#lastStart === start.at) this.#lastStart = previousStart;
  }

  get #unlimited(): boolean {
    const { rpm, tpm, minGapMs } = this.limits;
    return this.#windows.empty && rpm === undefined && tpm === undefined && minGapMs === undefined;
  }

  *#logsOf(model: string | undefined): Iterable<StartLog> {
    yield this.#log;
    if (model !== undefined) yield this.#logOf(model);
  }

  #logOf(model: string): StartLog {
    const log = this.#logs.get(model) ?? new StartLog();
    this.#logs.set(model, log);
    return log;
  }

  #rpm({ model }: GateAsk, ahead: number, now: number): Closure | undefined {
    const { rpm } = this.limits;
    const { limit, scope } =
      rpm === undefined ? (this.#windows.cap('requests', model, now) ?? NONE) : { limit: rpm, scope: 'account' as const };
    if (limit === 0) return undefined;
    // Of those ahead, nobody knows how many ask for this model.
    const until = scope === 'model' ? this.#logOf(model ?? '').slot(limit, 0, now) : this.#log.slot(limit, ahead, now);
    return until > now ? { until, scope, why: `limited to ${counted(limit, 'request')} a minute` } : undefined;
  }

  #tpm({ tokens, model }: GateAsk, now: number): Closure | undefined {
    const { tpm } = this.limits;
    const { limit, scope } =
      tpm === undefined ? (this.#windows.cap('tokens', model, now) ?? NONE) : { limit: tpm, scope: 'account' as const };
    if (limit === 0) return undefined;
    const log = scope === 'model' ? this.#logOf(model ?? '') : this.#log;
    const until = log.room(tokens, limit, now);
    return until > now ? { until, scope, why: `limited to ${counted(limit, 'token')} a minute` } : undefined;
  }

  #gap(ahead: number, now: number): Closure | undefined {
    const { minGapMs } = this.limits;
    if (minGapMs === undefined) return undefined;
    // A clock set back must not make the gap longer.
    const until = Math.max(Math.min(this.#lastStart, now) + minGapMs, now) + ahead * minGapMs;
    return until > now ? { until, scope: 'account', why: `limited to one request in ${minGapMs} ms` } : undefined;
  }
}

const NONE = { limit: 0, scope: 'account' as const };

function later(a: Closure | Shut | undefined, b: Closure | Shut | undefined): Shut | undefined {
  const last = (a?.until ?? 0) >= (b?.until ?? 0) ? a : b;
  if (!last) return undefined;
  const account = Math.max(accountUntil(a), accountUntil(b));
  return { until: last.until, why: last.why, ...(account > 0 && { accountUntil: account }) };
}

function accountUntil(closure: Closure | Shut | undefined): number {
  if (!closure) return 0;
  if (!('scope' in closure)) return closure.accountUntil ?? 0;
  return closure.scope === 'account' ? closure.until : 0;
}

/** Where only a part is known, the estimate is the least it took. */
function tokensOf(usage: Usage | undefined, estimate: number): number {
  const { input, output } = usage ?? {};
  const known = (input ?? 0) + (output ?? 0);
  return input !== undefined && output !== undefined ? known : Math.max(known, estimate);
}
