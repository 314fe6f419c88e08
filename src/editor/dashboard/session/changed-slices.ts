import type { LiveRequest, Snapshot } from '../../live/snapshot.ts';
import type { SlicesMessage, Watchable } from '../contract/slices.ts';

/** Remembers what the page was told, and gives what it lacks. */
export class ChangedSlices {
  readonly #told = new Map<Watchable, unknown>();
  #requests: ReadonlyMap<string, LiveRequest> | undefined;

  /** Of these slices what is other than it was told; `undefined` when nothing is. */
  take(snapshot: Snapshot, watched: ReadonlySet<Watchable>): SlicesMessage | undefined {
    const changed = [...watched].filter((slice) => !this.#told.has(slice) || this.#told.get(slice) !== snapshot[slice]);
    if (changed.length === 0) return undefined;
    const message: SlicesMessage = {};
    for (const slice of changed) {
      this.#told.set(slice, snapshot[slice]);
      Object.assign(message, slice === 'requests' ? this.#requestsOf(snapshot) : shown(snapshot, slice));
    }
    return message;
  }

  /** What was told is lost. */
  forget(): void {
    this.#told.clear();
    this.#requests = undefined;
  }

  /** Requests come fifty a second and stay the same for the most part: only those that changed are told. */
  #requestsOf({ requests }: Snapshot): SlicesMessage {
    const before = this.#requests;
    this.#requests = new Map(requests.map((request) => [request.id, request]));
    if (!before) return { requests: [...requests], allRequests: true };
    const isGone = [...before.keys()].some((id) => !this.#requests?.has(id) && isYoung(id, before, requests));
    if (isGone) return { requests: [...requests], allRequests: true };
    return { requests: requests.filter((request) => before.get(request.id) !== request) };
  }
}

/** A request that is no longer there although older ones are was forgotten, not pushed out. */
function isYoung(id: string, before: ReadonlyMap<string, LiveRequest>, now: readonly LiveRequest[]): boolean {
  const oldest = now.at(-1)?.startedAt;
  return oldest === undefined || (before.get(id)?.startedAt ?? 0) > oldest;
}

function shown(snapshot: Snapshot, slice: Exclude<Watchable, 'requests'>): SlicesMessage {
  switch (slice) {
    case 'today':
      return { today: snapshot.today ? [snapshot.today] : null };
    case 'todayByAccount':
      return { todayByAccount: [...snapshot.todayByAccount.values()] };
    case 'fallback':
      return { fallback: snapshot.fallback ?? null };
    case 'link':
      return { link: snapshot.link };
    case 'loaded':
      return { loaded: snapshot.loaded };
    case 'accounts':
      return { accounts: [...snapshot.accounts] };
    case 'combos':
      return { combos: [...snapshot.combos] };
    case 'quota':
      return { quota: [...snapshot.quota] };
    case 'health':
      return { health: [...snapshot.health] };
    case 'budgets':
      return { budgets: [...snapshot.budgets] };
    case 'models':
      return { models: [...snapshot.models] };
  }
}
