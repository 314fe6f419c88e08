import type { RequestRecord } from '../../../../src/editor/admin/api.ts';
import { isUnderWay } from '../../../../src/editor/live/under-way.ts';
import { errorOf } from '../../../host/thrown.ts';
import { type Facts, type Filter, NO_FILTER, passes, queryOf } from '../filter/filter.ts';
import { type Row, rowOf } from './row.ts';

/** How many records are asked for at once. */
export const PAGE = 200;
/** How many pages are remembered: what is scrolled away far is asked for again. */
const MOST_PAGES = 24;
/** How many requests may gather on top before the ledger is asked for them. */
const MOST_FRESH = 400;
/** The newest requests that the editor tells of. */
const MOST_LIVE = 200;
/** A request is told of, and on its way into the ledger, for this long at most before or after it counts as there. */
const SLACK_MS = 2000;

export type Ask = (query: Record<string, string>, signal: AbortSignal) => Promise<{ requests: readonly RequestRecord[]; count: number }>;

interface ListOptions {
  /** Newest first. */
  ask: Ask;
  changed(): void;
  now(): number;
}

/** Requests of the ledger older than `until`, so that those that come later move nothing. */
interface Past {
  until: number;
  count: number;
  pages: Map<number, readonly Row[]>;
  query: Record<string, string> | undefined;
}

/**
 * The list over the whole ledger: on top those that came since it was asked (told live), below them pages of the past, fetched when they
 * are looked at. While the top is out of sight nothing is put in; what comes is held, and counted.
 */
export class RequestList {
  readonly #options: ListOptions;
  #filter: Filter = NO_FILTER;
  #facts: Facts = { accounts: new Map(), combos: new Set() };
  #live: readonly Row[] = [];
  #past: Past | undefined;
  /** Newest first. */
  #fresh: Row[] = [];
  #freshAt = new Map<string, number>();
  #held = new Map<string, Row>();
  /** More came than were told, or some of which only the ledger knows whether they belong here. */
  #behind = false;
  #top = true;
  #wanted: [from: number, to: number] = [0, 0];
  #asking = new Set<number>();
  #loading: AbortController | undefined;
  #error: Error | undefined;

  constructor(options: ListOptions) {
    this.#options = options;
  }

  /** `undefined`: not known yet. */
  get count(): number | undefined {
    return this.#past && this.#fresh.length + this.#past.count;
  }

  /** How many came while the top was out of sight. */
  get held(): number {
    return this.#held.size;
  }

  get error(): Error | undefined {
    return this.#error;
  }

  rowAt(index: number): Row | undefined {
    const fresh = this.#fresh[index];
    if (fresh || !this.#past) return fresh;
    const at = index - this.#fresh.length;
    return this.#past.pages.get(Math.floor(at / PAGE))?.[at % PAGE];
  }

  /** A row that was seen, by its id. */
  find(id: string): Row | undefined {
    const at = this.#freshAt.get(id);
    if (at !== undefined) return this.#fresh[at];
    for (const rows of this.#past?.pages.values() ?? []) {
      const found = rows.find((row) => row.id === id);
      if (found) return found;
    }
    return this.#live.find((row) => row.id === id);
  }

  /** Where it stands; -1 where it is not seen yet. */
  indexOf(id: string): number {
    const fresh = this.#freshAt.get(id);
    if (fresh !== undefined) return fresh;
    for (const [page, rows] of this.#past?.pages ?? []) {
      const at = rows.findIndex((row) => row.id === id);
      if (at >= 0) return this.#fresh.length + page * PAGE + at;
    }
    return -1;
  }

  filter(filter: Filter): void {
    this.#filter = filter;
    this.#past = undefined;
    this.#setFresh([]);
    this.#top = true;
    this.reload();
  }

  /** The newest requests, newest first, as the editor tells of them now. */
  live(rows: readonly Row[], facts: Facts): void {
    const before = this.#live;
    this.#live = rows;
    this.#facts = facts;
    if (!this.#past) return;
    if (rows !== before && missed(before, rows)) this.#behind = true;
    if (this.#take(rows)) this.#options.changed();
    this.#catchUp();
  }

  /** Which rows are in sight. */
  look(from: number, to: number): void {
    this.#wanted = [from, to];
    const top = from === 0;
    if (top !== this.#top) {
      this.#top = top;
      if (top) this.letIn();
    }
    this.#fetch();
  }

  /** What was held is put on top. */
  letIn(): void {
    this.#top = true;
    if (this.#behind) this.reload();
    else this.#release();
  }

  #release(): void {
    const held = [...this.#held.values()];
    this.#held.clear();
    if (held.length === 0) return;
    this.#setFresh(inserted(this.#fresh, held));
    this.#options.changed();
    this.#catchUp();
  }

  /** Asks anew; what is shown stays until the answer is there. */
  reload(): void {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.#behind = false;
    this.#load(loading.signal).then(
      () => this.#done(loading, undefined),
      (error: Error) => this.#done(loading, error),
    );
  }

  dispose(): void {
    this.#loading?.abort();
    this.#past = undefined;
  }

  async #load(signal: AbortSignal): Promise<void> {
    const until = this.#until();
    const query = queryOf(this.#filter, until);
    const first = query ? await this.#options.ask({ ...query, limit: String(PAGE) }, signal) : { requests: [], count: 0 };
    signal.throwIfAborted();
    this.#past = { until, count: first.count, pages: new Map([[0, first.requests.map(rowOf)]]), query };
    this.#asking = new Set();
    this.#held.clear();
    const kept = this.#fresh.filter(({ startedAt }) => startedAt >= until);
    this.#setFresh(kept);
    this.#top = true;
    this.#take(this.#live);
  }

  #done(loading: AbortController, error: Error | undefined): void {
    if (this.#loading !== loading || loading.signal.aborted) return;
    this.#loading = undefined;
    this.#error = error;
    this.#options.changed();
    this.#fetch();
  }

  /** Before all that is under way, so that nothing is added to the past; but not before what the editor tells of. */
  #until(): number {
    const now = this.#options.now() - SLACK_MS;
    const running = this.#live.filter(isUnderWay).map(({ startedAt }) => startedAt);
    const over = this.#live.filter((row) => !isUnderWay(row)).at(-1);
    const told = this.#live.length >= MOST_LIVE && over ? over.startedAt : 0;
    return Math.max(told, Math.min(now, ...running));
  }

  /** True when something in the list is other than before. */
  #take(rows: readonly Row[]): boolean {
    const { until } = this.#past ?? { until: 0 };
    const now = this.#options.now();
    const come: Row[] = [];
    const gone = new Set<string>();
    let changed = false;
    for (const row of rows) {
      const at = this.#freshAt.get(row.id);
      if (at === undefined && row.startedAt < until && !isUnderWay(row)) continue;
      if (at !== undefined && this.#fresh[at] === row) continue;
      const fits = passes(this.#filter, row, this.#facts, now);
      if (fits === undefined && !isUnderWay(row)) this.#behind = true;
      if (at === undefined) {
        if (fits) come.push(row);
        else if (this.#held.delete(row.id)) changed = true;
        continue;
      }
      this.#fresh[at] = row;
      changed = true;
      // Out of sight nothing may move what is read.
      if (!fits && this.#top) gone.add(row.id);
    }
    return this.#put(come, gone) || changed;
  }

  #put(come: readonly Row[], gone: ReadonlySet<string>): boolean {
    if (!this.#top) {
      const before = this.#held.size;
      for (const row of come) this.#held.set(row.id, row);
      return this.#held.size !== before;
    }
    if (come.length === 0 && gone.size === 0) return false;
    const stay = gone.size === 0 ? this.#fresh : this.#fresh.filter(({ id }) => !gone.has(id));
    this.#setFresh(inserted(stay, come));
    return true;
  }

  #setFresh(rows: Row[]): void {
    this.#fresh = rows;
    this.#freshAt = new Map(rows.map(({ id }, at) => [id, at]));
  }

  /** The top gets long, or is not whole: the ledger knows by now. */
  #catchUp(): void {
    if (this.#top && !this.#loading && (this.#behind || this.#fresh.length > MOST_FRESH)) this.reload();
  }

  /** Two pages at a time, those in sight: what was scrolled past meanwhile is never asked for. */
  #fetch(): void {
    const { query, pages } = this.#past ?? {};
    if (!query || !pages || this.#loading) return;
    for (const page of this.#pagesInSight()) {
      if (this.#asking.size >= 2) return;
      if (!pages.has(page) && !this.#asking.has(page)) void this.#fetchPage(page);
    }
  }

  #pagesInSight(): number[] {
    const { count } = this.#past ?? { count: 0 };
    const [from, to] = this.#wanted.map((index) => Math.min(Math.max(0, index - this.#fresh.length), Math.max(0, count - 1)));
    const first = Math.floor((from ?? 0) / PAGE);
    const last = Math.floor((to ?? 0) / PAGE);
    return Array.from({ length: last - first + 1 }, (_, at) => first + at);
  }

  async #fetchPage(page: number): Promise<void> {
    const past = this.#past;
    if (!past?.query) return;
    const asking = this.#asking.add(page);
    try {
      const query = { ...past.query, limit: String(PAGE), offset: String(page * PAGE) };
      const { requests } = await this.#options.ask(query, new AbortController().signal);
      past.pages.set(page, requests.map(rowOf));
      forgetFar(past.pages, page);
      this.#error = undefined;
    } catch (error) {
      this.#error = errorOf(error);
    }
    asking.delete(page);
    if (this.#past !== past) return;
    this.#options.changed();
    if (!this.#error) this.#fetch();
  }
}

/** None of those told before is told again: so many came in between that some were never told. */
function missed(before: readonly Row[], now: readonly Row[]): boolean {
  if (before.length === 0 || now.length < MOST_LIVE) return false;
  const ids = new Set(before.map(({ id }) => id));
  return !now.some(({ id, state }) => ids.has(id) && !isUnderWay({ state }));
}

/** Both newest first; what comes is mostly newer than all there is. */
function inserted(rows: readonly Row[], come: readonly Row[]): Row[] {
  const added = [...come].sort(newestFirst);
  const next: Row[] = [];
  let at = 0;
  for (const row of added) {
    for (let there = rows[at]; there && there.startedAt > row.startedAt; there = rows[++at]) next.push(there);
    next.push(row);
  }
  return [...next, ...rows.slice(at)];
}

function newestFirst(a: Row, b: Row): number {
  return b.startedAt - a.startedAt;
}

function forgetFar(pages: Map<number, readonly Row[]>, near: number): void {
  if (pages.size <= MOST_PAGES) return;
  const [farthest] = [...pages.keys()].sort((a, b) => Math.abs(b - near) - Math.abs(a - near));
  if (farthest !== undefined) pages.delete(farthest);
}
