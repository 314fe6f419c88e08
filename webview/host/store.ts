import type { UsageRow } from '../../src/editor/admin/api.ts';
import type { SlicesMessage, Watchable } from '../../src/editor/dashboard/contract/slices.ts';
import type { LiveRequest } from '../../src/editor/live/snapshot.ts';

/** The slices as pages read them; `undefined`: not told yet. */
export interface Slices {
  link: SlicesMessage['link'];
  loaded: boolean | undefined;
  accounts: SlicesMessage['accounts'];
  combos: SlicesMessage['combos'];
  quota: SlicesMessage['quota'];
  health: SlicesMessage['health'];
  budgets: SlicesMessage['budgets'];
  models: SlicesMessage['models'];
  /** `null`: the gateway has not told. */
  today: UsageRow | null | undefined;
  /** By account name. */
  todayByAccount: ReadonlyMap<string, UsageRow> | undefined;
  /** Newest first, at most 200. */
  requests: readonly LiveRequest[] | undefined;
  fallback: SlicesMessage['fallback'];
}

const MOST_REQUESTS = 200;

/** What the editor told, for all who show it. Those who listen are called once a frame, however much comes. */
export class Store {
  readonly #values: { [K in Watchable]?: Slices[K] } = {};
  readonly #listeners = new Map<Watchable, Set<() => void>>();
  readonly #changed = new Set<Watchable>();
  #frame: number | undefined;

  get<K extends Watchable>(slice: K): Slices[K] | undefined {
    return this.#values[slice];
  }

  take({ requests, allRequests, today, todayByAccount, ...rest }: SlicesMessage): void {
    for (const [slice, value] of Object.entries(rest)) this.#put(slice as Watchable, value);
    if (today !== undefined) this.#put('today', today?.[0] ?? null);
    if (todayByAccount) this.#put('todayByAccount', new Map(todayByAccount.map((row) => [row.by[0] ?? '', row])));
    if (requests) this.#put('requests', allRequests ? requests : merged(this.#values.requests ?? [], requests));
  }

  subscribe(slice: Watchable, listener: () => void): () => void {
    const listeners = this.#listeners.get(slice) ?? new Set();
    this.#listeners.set(slice, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  #put(slice: Watchable, value: unknown): void {
    Object.assign(this.#values, { [slice]: value });
    this.#changed.add(slice);
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      const changed = [...this.#changed];
      this.#changed.clear();
      const called = new Set(changed.flatMap((name) => [...(this.#listeners.get(name) ?? [])]));
      for (const listener of called) listener();
    });
  }
}

function merged(before: readonly LiveRequest[], changed: readonly LiveRequest[]): LiveRequest[] {
  const byId = new Map([...before, ...changed].map((request) => [request.id, request]));
  return [...byId.values()].sort((a, b) => b.startedAt - a.startedAt).slice(0, MOST_REQUESTS);
}
