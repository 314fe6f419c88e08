import { createHash } from 'node:crypto';
import type { Account } from '../../accounts/account.ts';
import type { QuotaSnapshot, QuotaWindow } from '../../accounts/quota/types.ts';
import type { Block } from '../block.ts';
import type { BudgetEntry, LimitEntry, Persistent } from '../books.ts';
import type { Headers } from '../limits/reading.ts';
import { quotaBlock } from './block.ts';
import { QuotaEntry } from './entry.ts';
import { type Forecast, forecast } from './forecast.ts';
import { countedWindows, limitWindows } from './other-windows.ts';
import { readPercentHeaders } from './percent-headers.ts';
import { readerOf } from './read.ts';
import { readSaved, type SavedQuota } from './saved.ts';
import { keyOf, merged, present } from './windows.ts';

export interface QuotaBookInit {
  /** Milliseconds since the epoch. */
  now(): number;
  /** 0 ≤ x < 1, for jitter. */
  random(): number;
  accounts(): readonly Account[];
  /** `readQuota` with the caller: asks the provider. Must not reject. */
  read(account: Account, signal: AbortSignal): Promise<QuotaSnapshot | undefined>;
  /** `LimitBook.list()`: what rate-limit headers told. */
  limits(): readonly LimitEntry[];
  /** `BudgetBook.list()`: what was counted against the user's limits. */
  budgets(): readonly BudgetEntry[];
  /** A window of this account moved by a per cent, was reset, or readings began or ceased to fail: worth an event, and saving. */
  changed(accountId: string): void;
}

/** A window with where it goes; `forecast` absent where too little is known. */
export type WatchedWindow = QuotaWindow & { forecast?: Forecast };
export type QuotaStatus = Omit<QuotaSnapshot, 'windows'> & { windows: WatchedWindow[] };

const READ_MS = 10_000;
const SAMPLE_MS = 60_000;

/**
 * What is left of every account: by the provider's quota endpoint, by headers, and where a provider tells nothing by our own counting
 * against the user's limits. Reads in the background, never while a request waits.
 */
export class QuotaBook implements Persistent {
  readonly #init: QuotaBookInit;
  readonly #entries = new Map<string, QuotaEntry>();
  readonly #identities = new WeakMap<Account, string>();
  readonly #closed = new AbortController();
  #saved = new Map<string, SavedQuota>();

  constructor(init: QuotaBookInit) {
    this.#init = init;
  }

  /** What is known of the account now. */
  of(account: Account): QuotaStatus {
    return this.#status(account, this.#init.limits(), this.#init.budgets());
  }

  /** Every account's, in the accounts' order; those of which nothing is known have no windows. */
  list(): QuotaStatus[] {
    const [limits, budgets] = [this.#init.limits(), this.#init.budgets()];
    return this.#init
      .accounts()
      .filter(({ provider }) => !provider.offline)
      .map((account) => this.#status(account, limits, budgets));
  }

  /**
   * Reads the account's quota where it can be read and is due: 5 minutes after the last time, at a window's reset, a minute after
   * `refused`; later and later while readings fail. To be called at each request for the account, also one it was passed over for.
   * `force`: now. Resolves when the reading is done, and never rejects.
   */
  async refresh(account: Account, force = false): Promise<void> {
    if (this.#closed.signal.aborted || !readerOf(account)) return;
    const entry = this.#entryOf(account);
    if (!entry.pending && (force || entry.schedule.isDue(this.#init.now()))) {
      entry.pending = this.#read(account, entry);
    }
    await entry.pending;
  }

  /** The provider refused a request for want of quota. */
  refused(account: Account): void {
    if (readerOf(account)) this.#entryOf(account).schedule.refused(this.#init.now());
  }

  /** Learns from an answer's headers; after `LimitBook.learn`, whose windows it looks at once a minute. */
  learn(account: Account, headers: Headers, model?: string): void {
    const now = this.#init.now();
    const told = readPercentHeaders(headers, model, now);
    if (told.length === 0 && now - (this.#known(account)?.sampledAt ?? Number.NEGATIVE_INFINITY) < SAMPLE_MS) return;
    const entry = this.#entryOf(account);
    const heard = entry.heard(told);
    const sampled = this.#sample(account, entry, now);
    if (heard || sampled) this.#init.changed(account.config.id);
  }

  /**
   * Why the account may not be asked for this model: a window is used up (class `quota`), or what is left of it is the user's reserve
   * (`headroom` of the account). By readings and headers of percentages; rate-limit windows and budgets block in their own books.
   */
  blocked(account: Account, model?: string): Block | undefined {
    const entry = this.#known(account);
    return entry && quotaBlock(entry.windows, account.config.headroom ?? 0, model, this.#init.now());
  }

  /** Forgets what is known of an account. */
  forget(accountId: string): void {
    this.#entries.delete(accountId);
    this.#saved.delete(accountId);
  }

  /** Stops readings under way; later ones are not begun. */
  close(): void {
    this.#closed.abort();
  }

  toJSON(): unknown {
    for (const account of this.#init.accounts()) this.#known(account);
    const ids = new Set(this.#init.accounts().map(({ config }) => config.id));
    return { accounts: Object.fromEntries([...this.#entries].filter(([id]) => ids.has(id)).map(([id, entry]) => [id, entry.toJSON()])) };
  }

  restore(saved: unknown): void {
    this.#saved = new Map(readSaved(saved, this.#init.now()).map((each) => [each.account, each]));
  }

  #status(account: Account, limits: readonly LimitEntry[], budgets: readonly BudgetEntry[]): QuotaStatus {
    const now = this.#init.now();
    const entry = this.#known(account);
    const windows = this.#windowsOf(account, entry, limits, budgets, now);
    return {
      account: account.config.id,
      ...(entry?.plan !== undefined && { plan: entry.plan }),
      windows: windows.map((window) => withForecast(present(window, now), entry, now)),
      at: Math.max(0, ...windows.map(({ at }) => at)),
      ...(entry?.error && { error: entry.error }),
    };
  }

  /** What the provider told; where that is nothing to go by, what was counted here. */
  #windowsOf(
    { config }: Account,
    entry: QuotaEntry | undefined,
    limits: readonly LimitEntry[],
    budgets: readonly BudgetEntry[],
    now: number,
  ): QuotaWindow[] {
    const learned = limits.filter(({ account }) => account === config.id).flatMap((each) => limitWindows(each, now));
    const told = merged([...(entry?.windows ?? []), ...learned]);
    if (told.some(({ usedPercent }) => usedPercent !== undefined)) return told;
    const known = new Set(told.map(keyOf));
    return [...told, ...countedWindows(config, budgets, now).filter((window) => !known.has(keyOf(window)))];
  }

  #sample(account: Account, entry: QuotaEntry, now: number): boolean {
    if (now - entry.sampledAt < SAMPLE_MS) return false;
    entry.sampledAt = now;
    const known = new Set(entry.windows);
    const all = this.#windowsOf(account, entry, this.#init.limits(), this.#init.budgets(), now);
    return entry.note(all.filter((window) => !known.has(window)));
  }

  async #read(account: Account, entry: QuotaEntry): Promise<void> {
    const { now, read, changed } = this.#init;
    const signal = AbortSignal.any([this.#closed.signal, AbortSignal.timeout(READ_MS)]);
    const snapshot = await read(account, signal).catch(() => notRead(account, now()));
    entry.pending = undefined;
    // The account was forgotten, or has another key, since: these are not its figures.
    if (!snapshot || this.#closed.signal.aborted || this.#entries.get(account.config.id) !== entry) return;
    const resets = snapshot.windows.flatMap(({ resetsAt }) => resetsAt ?? []);
    entry.schedule.done(snapshot.error === undefined, now(), resets);
    if (entry.took(snapshot)) changed(account.config.id);
  }

  /** The account's entry, where there is one for this key; figures of another key go. */
  #known(account: Account): QuotaEntry | undefined {
    const { id } = account.config;
    const of = this.#identityOf(account);
    const saved = this.#saved.get(id);
    if (saved) {
      this.#saved.delete(id);
      if (saved.of === of) this.#made(id, of).restore(saved);
    }
    const entry = this.#entries.get(id);
    if (!entry || entry.of === of) return entry;
    this.#entries.delete(id);
    return undefined;
  }

  #entryOf(account: Account): QuotaEntry {
    return this.#known(account) ?? this.#made(account.config.id, this.#identityOf(account));
  }

  #made(id: string, of: string): QuotaEntry {
    const known = this.#entries.get(id);
    if (known?.of === of) return known;
    const entry = new QuotaEntry(of, () => this.#init.random());
    this.#entries.set(id, entry);
    return entry;
  }

  #identityOf(account: Account): string {
    const known = this.#identities.get(account);
    if (known !== undefined) return known;
    const { credential, rotatedAt, baseUrl } = account.config;
    // As a hash: a URL of the user's may hold a password, and this is saved.
    const text = JSON.stringify([account.provider.id, credential, rotatedAt, baseUrl]);
    const identity = createHash('sha256').update(text).digest('base64url').slice(0, 22);
    this.#identities.set(account, identity);
    return identity;
  }
}

/** For a `read` that broke its promise: a request's way must not end here. */
function notRead({ config }: Account, at: number): QuotaSnapshot {
  return { account: config.id, windows: [], at: 0, error: { message: 'The reading failed in the gateway.', at } };
}

function withForecast(window: QuotaWindow, entry: QuotaEntry | undefined, now: number): WatchedWindow {
  const seen = window.usedPercent === undefined || !entry ? undefined : forecast(entry.points(window), now, window.resetsAt);
  return seen ? { ...window, forecast: seen } : window;
}
