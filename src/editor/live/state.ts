import type { AccountView, RequestRecord } from '../admin/api.ts';
import type { LinkState } from '../link/link.ts';
import type { Read } from './reads.ts';
import { RequestBook, type RequestEvent } from './request-book.ts';
import type { Slice, Snapshot } from './snapshot.ts';
import { emptyRow, withRecord } from './today.ts';
import { DEMO_NAME, withDemo } from './with-demo.ts';

/** Before anything was read. */
export const EMPTY: Omit<Snapshot, 'link'> = {
  loaded: false,
  accounts: [],
  combos: [],
  quota: [],
  health: [],
  budgets: [],
  models: [],
  today: undefined,
  todayByAccount: new Map(),
  requests: [],
  fallback: undefined,
};

/** The snapshot, and how it changes. Each change makes new objects, and tells which slices they are. */
export class State {
  readonly #changed: (slices: Iterable<Slice>) => void;
  readonly #book = new RequestBook();
  #snapshot: Snapshot;
  #own: readonly AccountView[] = [];
  /** The book has changed since the snapshot was made: it is read when somebody looks, not with each event. */
  #stale = false;

  constructor(link: LinkState, changed: (slices: Iterable<Slice>) => void) {
    this.#changed = changed;
    this.#snapshot = { ...EMPTY, link };
  }

  get snapshot(): Snapshot {
    if (this.#stale) {
      this.#stale = false;
      this.#set({ requests: this.#book.list() });
      const fallback = this.#book.fallback();
      if (!same(fallback, this.#snapshot.fallback)) this.#set({ fallback });
    }
    return this.#snapshot;
  }

  get hasBudgets(): boolean {
    return this.#snapshot.budgets.length > 0;
  }

  linked(link: LinkState): void {
    this.#set({ link });
  }

  loaded(): void {
    if (!this.#snapshot.loaded) this.#set({ loaded: true });
  }

  brought({ ownAccounts, records, today, ...slices }: Read): void {
    this.#set(slices);
    if (today) this.#set({ today: today.row, todayByAccount: today.byAccount });
    if (ownAccounts) this.#own = ownAccounts;
    if (ownAccounts || slices.combos || today) this.#joinDemo(ownAccounts !== undefined);
    if (records) {
      this.#book.add(records);
      this.#touched();
    }
  }

  took(event: RequestEvent): void {
    this.#book.take(event);
    this.#touched();
  }

  /** Adds a request to today's sums, where they are known. */
  counted(record: RequestRecord): void {
    const { today, todayByAccount } = this.#snapshot;
    if (!today) return;
    const name = record.account ?? '';
    const row = todayByAccount.get(name) ?? emptyRow([name]);
    this.#set({ today: withRecord(today, record), todayByAccount: new Map(todayByAccount).set(name, withRecord(row, record)) });
    if (name === DEMO_NAME) this.#joinDemo(false);
  }

  newDay(): void {
    this.#set({ today: emptyRow(), todayByAccount: new Map() });
    this.#joinDemo(false);
  }

  /** Events were missed, or another gateway answers now. */
  forgetRunning(): void {
    if (this.#book.forgetRunning()) this.#touched();
  }

  #joinDemo(always: boolean): void {
    const { accounts: before, combos, todayByAccount } = this.#snapshot;
    const accounts = withDemo(this.#own, combos, todayByAccount.has(DEMO_NAME));
    if (always || accounts.length !== before.length) this.#set({ accounts });
  }

  #touched(): void {
    this.#stale = true;
    this.#changed(['requests']);
  }

  #set(change: Partial<Snapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#changed(Object.keys(change) as Slice[]);
  }
}

function same(a: Snapshot['fallback'], b: Snapshot['fallback']): boolean {
  return a?.at === b?.at && a?.requested === b?.requested && a?.target === b?.target && a?.account === b?.account;
}
