import type { Account } from '../../accounts/account.ts';
import type { Settings } from '../../config/schema.ts';
import type { Usage } from '../../conversation/usage.ts';
import type { Permit } from '../books.ts';
import { FairQueue } from './fair-queue.ts';
import { Gate, type GateAsk, type Pass } from './gate.ts';
import type { Reading } from './reading.ts';
import { busy, counted } from './refusal.ts';
import { Windows } from './windows.ts';

export interface Ask extends GateAsk {
  key: string;
  waitMs: number;
  signal: AbortSignal;
}

interface Waiter {
  key: string;
  ask: Ask;
  /** When it stops waiting. */
  deadline: number;
  resolve(pass: Pass): void;
  reject(reason: unknown): void;
  onAbort(): void;
}

/** The most Node's timers take; a longer wait is looked at again then. */
const LONGEST_TIMER_MS = 2_147_483_647;
/** What a wait is called whose end nobody knows. */
const UNKNOWN_WAIT_MS = 1000;

/** The way to one account: its gate, and those who wait for it. One timer, and only while somebody waits. */
export class Lane {
  readonly windows = new Windows();
  readonly #gate = new Gate(this.windows);
  readonly #queue = new FairQueue<Waiter>();
  readonly #now: () => number;
  readonly #settings: () => Settings['queue'];
  #account: Account;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;
  /** No waiter's deadline is before it. */
  #firstDeadline = Number.POSITIVE_INFINITY;

  constructor(account: Account, now: () => number, settings: () => Settings['queue']) {
    this.#account = account;
    this.#gate.limits = account.config.limits ?? {};
    this.#now = now;
    this.#settings = settings;
  }

  get account(): Account {
    return this.#account;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  get running(): number {
    return this.#gate.running;
  }

  /** Takes over the limits of a changed config, for those who wait too. */
  adopt(account: Account): void {
    if (account === this.#account) return;
    this.#account = account;
    this.#gate.limits = account.config.limits ?? {};
    this.#reconsider();
  }

  learn(readings: readonly Reading[], model: string | undefined): void {
    this.windows.note(readings, model, this.#now());
    this.#reconsider();
  }

  async acquire(ask: Ask): Promise<Permit> {
    ask.signal.throwIfAborted();
    const now = this.#now();
    if (this.#queue.size === 0 && !this.#gate.full && !this.#gate.shut(ask, 0, now)) return this.#permit(this.#gate.start(ask, now));
    this.#refuseInVain(ask, now);
    const pass = await new Promise<Pass>((resolve, reject) => this.#join(ask, now, resolve, reject));
    if (!ask.signal.aborted) return this.#permit(pass);
    // It was its turn in the same tick in which it was given up.
    this.#gate.takeBack(pass);
    this.#serve();
    throw ask.signal.reason;
  }

  /** Milliseconds a request would wait, with those who wait already before it. */
  wait(model: string | undefined): number {
    const now = this.#now();
    const shut = this.#gate.shut({ tokens: 1, ...(model !== undefined && { model }) }, this.#queue.size, now);
    const known = shut ? shut.until - now : 0;
    if (this.#gate.full) return Math.max(known, UNKNOWN_WAIT_MS);
    return known === 0 && this.#queue.size > 0 ? UNKNOWN_WAIT_MS : known;
  }

  #permit(pass: Pass): Permit {
    let held = true;
    return {
      release: (usage?: Usage) => {
        if (!held) return;
        held = false;
        this.#gate.end(pass, usage, this.#now());
        this.#serve();
      },
    };
  }

  #refuseInVain(ask: Ask, now: number): void {
    const { max } = this.#settings();
    const shut = this.#gate.shut(ask, this.#queue.ahead(ask.key), now);
    if (this.#queue.size >= max)
      throw this.#refusal(shut?.until, max === 0 ? shut?.why : `${counted(max, 'request')} waiting for it already`);
    if (shut && shut.until > now + ask.waitMs) throw this.#refusal(shut.until, shut.why);
  }

  #join(ask: Ask, now: number, resolve: Waiter['resolve'], reject: Waiter['reject']): void {
    const waiter: Waiter = {
      key: ask.key,
      ask,
      deadline: now + ask.waitMs,
      resolve,
      reject,
      onAbort: () => {
        this.#leave(waiter);
        reject(ask.signal.reason);
        this.#serve();
      },
    };
    this.#queue.add(waiter);
    this.#firstDeadline = Math.min(this.#firstDeadline, waiter.deadline);
    ask.signal.addEventListener('abort', waiter.onAbort, { once: true });
    this.#serve();
  }

  #leave(waiter: Waiter): void {
    this.#queue.remove(waiter);
    waiter.ask.signal.removeEventListener('abort', waiter.onAbort);
  }

  /** Hands out every turn that has come, sends away whose time is over, and sets the timer for what comes next. */
  #serve(): void {
    if (this.#queue.size === 0) {
      this.#arm(Number.POSITIVE_INFINITY);
      return;
    }
    const now = this.#now();
    let next = this.#next(now);
    while (next.waiter) {
      const { waiter } = next;
      this.#queue.serve(waiter);
      waiter.ask.signal.removeEventListener('abort', waiter.onAbort);
      waiter.resolve(this.#gate.start(waiter.ask, now));
      next = this.#next(now);
    }
    if (this.#firstDeadline <= now) this.#expire(now);
    this.#arm(this.#queue.size === 0 ? Number.POSITIVE_INFINITY : Math.min(next.at, this.#firstDeadline));
  }

  /** Whose turn it is, or when somebody's will be. Whoever waits for his model alone lets the others pass. */
  #next(now: number): { waiter?: Waiter; at: number } {
    let at = Number.POSITIVE_INFINITY;
    if (this.#gate.full) return { at };
    for (const waiter of this.#queue.heads()) {
      const shut = this.#gate.shut(waiter.ask, 0, now);
      if (!shut) return { waiter, at: now };
      at = Math.min(at, shut.accountUntil ?? shut.until);
      if (shut.accountUntil !== undefined) break;
    }
    return { at };
  }

  #expire(now: number): void {
    let first = Number.POSITIVE_INFINITY;
    for (const waiter of this.#queue) {
      if (waiter.deadline <= now) this.#refuse(waiter);
      else first = Math.min(first, waiter.deadline);
    }
    this.#firstDeadline = first;
  }

  /** Limits have changed: whose turn is now known to come too late need not wait for it. */
  #reconsider(): void {
    if (this.#queue.size === 0) return;
    const now = this.#now();
    for (const waiter of this.#queue) {
      const shut = this.#gate.shut(waiter.ask, 0, now);
      if (shut && shut.until > waiter.deadline) this.#refuse(waiter);
    }
    this.#serve();
  }

  #refuse(waiter: Waiter): void {
    this.#leave(waiter);
    const shut = this.#gate.shut(waiter.ask, 0, this.#now());
    waiter.reject(this.#refusal(shut?.until, shut?.why));
  }

  #refusal(until: number | undefined, why: string | undefined): Error {
    const { maxConcurrent = 0 } = this.#gate.limits;
    const limit = this.#gate.full ? `limited to ${counted(maxConcurrent, 'request')} at a time` : 'others wait for it';
    return busy(this.#account.config.name, why ?? limit, until === undefined ? undefined : until - this.#now());
  }

  #arm(at: number): void {
    if (at === this.#timerAt) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#timerAt = at;
    if (at === Number.POSITIVE_INFINITY) return;
    const delay = Math.min(Math.max(Math.ceil(at - this.#now()), 0), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => {
      this.#timerAt = Number.POSITIVE_INFINITY;
      this.#serve();
    }, delay);
  }
}
