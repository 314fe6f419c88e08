import type { Account } from '../../accounts/account.ts';
import type { Settings } from '../../config/settings.ts';
import type { GatewayError } from '../../conversation/error.ts';
import type { Block } from '../block.ts';
import type { HealthBook, HealthEntry } from '../books.ts';
import type { Target } from '../target.ts';
import { breakerName, isBreakerOf } from './breaker-name.ts';
import { Breakers, isHostFailure } from './breakers.ts';
import { type Cause, causeOf, scopeOf } from './cause.ts';
import { LatencyBook } from './latency.ts';
import { isRunning, type Note, noted } from './note.ts';
import { blockOf, longest, Notes, pairKey, type Shelf, type Subject } from './notes.ts';
import { type NoteRow, readSaved, type SavedHealth } from './saved.ts';

export interface HealthOptions {
  /** Milliseconds since the epoch. */
  now(): number;
  /** 0 ≤ x < 1. */
  random(): number;
  settings(): Settings['health'];
  accountOf(id: string): Account | undefined;
  /** Called after each change worth persisting. */
  changed(): void;
}

/** What is said of an account itself. Failures of a model or a host may repeat the prompt, which is kept nowhere. */
const OF_ACCOUNT: ReadonlySet<Cause> = new Set(['auth', 'billing', 'quota', 'rate']);

const lasting = (cause: Cause, note: Note): Note => (note.ours || OF_ACCOUNT.has(cause) ? note : { ...note, message: '' });

/** What a success disproves, whenever its request began: the model is there and answers, the credential is taken. */
const ENDED_BY_SUCCESS: ReadonlySet<Cause> = new Set(['auth', 'missing', 'overload', 'empty']);

/**
 * Cool-downs of accounts, lockouts of account × model, breakers of hosts, and the time to the first token. Nothing runs by itself: all is
 * worked out from `now()` when asked.
 *
 * Requests run at the same time, so failures and successes come late. A failure while its cool-down runs is of an attempt that began
 * before it, and counts as one with the one that began it. For the same reason a success does not lift a running cool-down for quota,
 * rate or billing; it ends the counting of those that are over. It does lift at once a lockout of its own account × model, the breaker, and
 * a refused sign-in: the provider has just taken the credential, nothing else would end it, and one refusal more puts it back.
 */
export class Health implements HealthBook {
  readonly #options: HealthOptions;
  readonly #notes = new Notes();
  readonly #breakers = new Breakers();
  readonly #latency = new LatencyBook();

  constructor(options: HealthOptions) {
    this.#options = options;
  }

  blocked(target: Target): Block | undefined {
    const now = this.#options.now();
    const noted = this.#noted(target, now);
    if (this.#breakers.size === 0) return noted;
    return longest([noted, this.#breakers.blocked(breakerName(target), now)]);
  }

  admit(target: Target, lastResort: boolean): boolean {
    const now = this.#options.now();
    if (this.#noted(target, now)) return false;
    return this.#breakers.size === 0 || this.#breakers.admit(breakerName(target), pairOf(target), lastResort, now);
  }

  succeeded(target: Target, firstTokenMs: number): void {
    const now = this.#options.now();
    this.#latency.add(pairOf(target), firstTokenMs, now);
    // The usual case: all is well, and nothing is to be ended.
    if (this.#notes.size === 0 && this.#breakers.size === 0) return;
    const isOver = (cause: Cause, note: Note): boolean => ENDED_BY_SUCCESS.has(cause) || !isRunning(note, now);
    const account = this.#notes.drop(accountOf(target), isOver);
    const pair = this.#notes.drop(modelOf(target), isOver);
    const breaker = this.#breakers.close(breakerName(target));
    if (account || pair || breaker) this.#options.changed();
  }

  failed(target: Target, error: GatewayError): void {
    const now = this.#options.now();
    if (isHostFailure(error)) this.#breakers.fail(breakerName(target), pairOf(target), error, this.#options.settings(), now);
    else this.abandoned(target);
    const cause = causeOf(error);
    const isNoted = cause !== undefined && this.#note(target, cause, error, now);
    if (isNoted || isHostFailure(error)) this.#options.changed();
  }

  abandoned(target: Target): void {
    if (this.#breakers.size > 0) this.#breakers.release(breakerName(target), pairOf(target));
  }

  signedIn(accountId: string, since = Number.POSITIVE_INFINITY): void {
    if (this.#notes.drop({ account: accountId }, (cause, note) => cause === 'auth' && note.since < since)) this.#options.changed();
  }

  needsSignIn(accountId: string): boolean {
    return this.#notes.of({ account: accountId })?.notes.has('auth') ?? false;
  }

  latency(target: Target): number | undefined {
    return this.#latency.of(pairOf(target), this.#options.now());
  }

  list(): HealthEntry[] {
    const now = this.#options.now();
    const entries = this.#notes.list().flatMap((shelf): HealthEntry[] => {
      const account = this.#options.accountOf(shelf.account);
      if (!account) return [];
      this.#forgetOld(shelf, account);
      const found = blockOf(shelf, now);
      return found ? [{ ...subjectEntry(shelf), ...found }] : [];
    });
    return [...entries, ...this.#breakers.list(now)];
  }

  reset(scope: { account?: string; model?: string; provider?: string } = {}): number {
    const entries = this.list().filter((entry) => isWithin(scope, entry));
    for (const shelf of this.#notes.list()) if (isWithin(scope, subjectEntry(shelf))) this.#notes.remove(shelf);
    for (const entry of entries) if (entry.scope === 'provider') this.#breakers.close(entry.id);
    this.#options.changed();
    return entries.length;
  }

  toJSON(): SavedHealth {
    const now = this.#options.now();
    const notes = this.#notes
      .list()
      .flatMap(({ account, model, notes }) =>
        [...notes]
          .filter(([, note]) => isRunning(note, now))
          .map(([cause, note]): NoteRow => ({ account, model, cause, ...lasting(cause, note) })),
      );
    const latency = this.#latency.list(now).map(([pair, measured]) => {
      const [account, model] = JSON.parse(pair) as [string, string];
      return { account, model, ...measured };
    });
    const breakers = this.#breakers.saved(now).map((row) => ({ ...row, message: '' }));
    return { notes, breakers, latency };
  }

  restore(saved: unknown): void {
    const now = this.#options.now();
    const { notes, breakers, latency } = readSaved(saved, now);
    for (const row of notes) this.#restoreNote(row, now);
    for (const { name, ...breaker } of breakers) {
      const latest = now + this.#options.settings().breakerMaxOpenMs;
      this.#breakers.put(name, { ...breaker, until: Math.min(breaker.until, latest) }, now);
    }
    for (const { account, model, ms, at } of latency) {
      if (this.#options.accountOf(account)) this.#latency.put(pairKey(account, model), { ms, at }, now);
    }
  }

  #restoreNote({ account: id, model, cause, ...note }: NoteRow, now: number): void {
    const account = this.#options.accountOf(id);
    if (!account || isOlderThanKey(note, account)) return;
    // A new process has a new environment, perhaps with the key that was missing or wrong.
    if (cause === 'auth' && account.config.credential && 'env' in account.config.credential) return;
    this.#notes.set({ account: id, model }, cause, { ...note, since: Math.min(note.since, now) }, now);
  }

  #noted(target: Target, now: number): Block | undefined {
    if (this.#notes.size === 0) return undefined;
    return longest([this.#blockOf(accountOf(target), target, now), this.#blockOf(modelOf(target), target, now)]);
  }

  #blockOf(subject: Subject, target: Target, now: number): Block | undefined {
    const shelf = this.#notes.of(subject);
    if (!shelf) return undefined;
    this.#forgetOld(shelf, this.#options.accountOf(subject.account) ?? target.account);
    return blockOf(shelf, now)?.block;
  }

  /** A new key starts afresh: what was refused to the old one, be it for its allowance, no longer counts. */
  #forgetOld(shelf: Shelf, account: Account): void {
    if (account.config.rotatedAt !== undefined) this.#notes.drop(shelf, (_, note) => isOlderThanKey(note, account));
  }

  #note(target: Target, cause: Cause, error: GatewayError, now: number): boolean {
    const { provider, config } = target.account;
    const current = this.#options.accountOf(config.id);
    // The account was removed, or its key changed, while this attempt was under way: the refusal is the old key's.
    if (!current || current.config.rotatedAt !== config.rotatedAt) return false;
    const subject = scopeOf(cause, error, provider.limitsPerModel ?? false) === 'account' ? accountOf(target) : modelOf(target);
    const before = this.#notes.of(subject)?.notes.get(cause);
    this.#notes.set(subject, cause, noted(before, cause, error, now, this.#options.random), now);
    return true;
  }
}

const accountOf = ({ account }: Target): Subject => ({ account: account.config.id });
const modelOf = ({ account, model }: Target): Subject => ({ account: account.config.id, model });
const pairOf = ({ account, model }: Target): string => pairKey(account.config.id, model);

function subjectEntry({ account, model }: Subject): HealthEntry {
  return model === undefined ? { scope: 'account', id: account, failures: 0 } : { scope: 'model', id: account, model, failures: 0 };
}

function isWithin(scope: { account?: string; model?: string; provider?: string }, entry: HealthEntry): boolean {
  if (scope.provider !== undefined) return entry.scope === 'provider' && isBreakerOf(entry.id, scope.provider);
  if (scope.account === undefined && scope.model === undefined) return true;
  if (entry.scope === 'provider') return false;
  return (scope.account ?? entry.id) === entry.id && (scope.model === undefined || scope.model === entry.model);
}

function isOlderThanKey(note: Note, { config }: Account): boolean {
  const rotated = config.rotatedAt === undefined ? Number.NaN : Date.parse(config.rotatedAt);
  return rotated > note.since;
}
