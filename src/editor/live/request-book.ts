import { answeredElsewhere, isAnswered } from '../../ledger/fallback.ts';
import type { GatewayEvent, RequestRecord } from '../admin/api.ts';
import type { LiveRequest, Snapshot } from './snapshot.ts';
import { isUnderWay } from './under-way.ts';

/** How many are kept. */
const MOST = 200;

interface Entry {
  request: LiveRequest;
  /** When the answer began; absent while nobody answered, or when it broke off. */
  answeredAt: number | undefined;
}

type EventOf<T extends GatewayEvent['type']> = Extract<GatewayEvent, { type: T }>;
export type RequestEvent = EventOf<'request-started' | 'first-token' | 'attempt-failed' | 'request-finished'>;

/** The newest requests: those under way by events, those that are over by their records. */
export class RequestBook {
  readonly #entries = new Map<string, Entry>();

  /** Requests under way are unknown from now on: events were missed, or their gateway is gone. True when there were any. */
  forgetRunning(): boolean {
    let forgot = false;
    for (const [id, { request }] of this.#entries) if (isUnderWay(request)) forgot = this.#entries.delete(id) || forgot;
    return forgot;
  }

  add(records: readonly RequestRecord[]): void {
    for (const record of records) this.#entries.set(record.id, entryOf(record));
    this.#trim();
  }

  take(event: RequestEvent): void {
    switch (event.type) {
      case 'request-started':
        this.#started(event);
        break;
      case 'attempt-failed':
        this.#failed(event);
        break;
      case 'first-token':
        this.#answering(event);
        break;
      case 'request-finished':
        this.#finished(event);
        break;
    }
  }

  /** Newest first. */
  list(): LiveRequest[] {
    return [...this.#entries.values()].map(({ request }) => request).sort((a, b) => b.startedAt - a.startedAt);
  }

  /** What the newest answer says, if that came from a fall-back. */
  fallback(): Snapshot['fallback'] {
    let newest: Entry | undefined;
    for (const entry of this.#entries.values()) {
      if (entry.answeredAt !== undefined && entry.answeredAt >= (newest?.answeredAt ?? Number.NEGATIVE_INFINITY)) newest = entry;
    }
    if (!newest?.request.fallback) return undefined;
    const { requested, target = '', account = '' } = newest.request;
    return { requested, target, account, at: newest.answeredAt ?? 0 };
  }

  #started({ id, at, key, client, requested }: EventOf<'request-started'>): void {
    if (this.#entries.has(id)) return;
    this.#entries.set(id, { request: { ...NEW_REQUEST, id, startedAt: at, key, client, requested }, answeredAt: undefined });
    this.#trim();
  }

  #failed({ id, target, account, class: failure, status, ms, startMs }: EventOf<'attempt-failed'>): void {
    const entry = this.#entries.get(id);
    if (!entry || !isUnderWay(entry.request)) return;
    const attempts = [
      ...entry.request.attempts,
      { target, account, class: failure, status, ms, ...(startMs === undefined ? {} : { startMs }) },
    ];
    this.#entries.set(id, { ...entry, request: { ...entry.request, target, account, attempts } });
  }

  #answering({ id, at, target, account, ms, fallback }: EventOf<'first-token'>): void {
    const entry = this.#entries.get(id);
    if (!entry || !isUnderWay(entry.request)) return;
    const { attempts } = entry.request;
    const elsewhere = fallback ?? answeredElsewhere({ target, account, attempts, skipped: [] });
    const request: LiveRequest = { ...entry.request, state: 'streaming', target, account, firstTokenMs: ms, fallback: elsewhere };
    this.#entries.set(id, { request, answeredAt: at });
  }

  #finished(event: EventOf<'request-finished'>): void {
    const entry = this.#entries.get(event.id);
    if (event.record) this.add([event.record]);
    else if (entry) this.#ended(entry, event);
  }

  /** As far as a gateway tells that sends no record along. */
  #ended(entry: Entry, event: EventOf<'request-finished'>): void {
    const outcome = { ...event, error: event.error && { class: event.error, code: undefined } };
    const answered = isAnswered(outcome);
    const { target = entry.request.target, account = entry.request.account, status, totalMs, usage, cost, error } = event;
    const state = stateOf(event);
    const fallback = answered && entry.request.fallback;
    const usd = cost && paid(cost);
    this.#entries.set(event.id, {
      request: { ...entry.request, state, target, account, status, totalMs, usage, usd, error, fallback },
      answeredAt: answered ? (entry.answeredAt ?? event.at) : undefined,
    });
  }

  /** The oldest go, those that are over first. */
  #trim(): void {
    if (this.#entries.size <= MOST) return;
    const oldest = [...this.#entries].sort(
      ([, a], [, b]) => Number(isUnderWay(a.request)) - Number(isUnderWay(b.request)) || a.request.startedAt - b.request.startedAt,
    );
    for (const [id] of oldest.slice(0, this.#entries.size - MOST)) this.#entries.delete(id);
  }
}

/** A request of which nothing is known but that it was made. */
export const NEW_REQUEST: Omit<LiveRequest, 'id' | 'startedAt' | 'client' | 'key' | 'requested'> = {
  state: 'running',
  target: undefined,
  account: undefined,
  attempts: [],
  firstTokenMs: undefined,
  totalMs: undefined,
  status: undefined,
  usage: undefined,
  usd: undefined,
  error: undefined,
  fallback: false,
};

/** A request that is over, as the views show it. */
export function liveRequestOf(record: RequestRecord): LiveRequest {
  const { id, at, client, key, requested, target, account, attempts, firstByteMs, totalMs, status, usage, cost, error } = record;
  return {
    id,
    startedAt: at,
    client,
    key,
    requested,
    combo: record.combo ?? null,
    state: stateOf(record),
    target,
    account,
    attempts,
    firstTokenMs: firstByteMs,
    totalMs,
    status,
    usage,
    usd: cost && paid(cost),
    error: error?.class,
    fallback: isAnswered(record) && answeredElsewhere(record),
  };
}

function entryOf(record: RequestRecord): Entry {
  const { at, firstByteMs, totalMs } = record;
  return { request: liveRequestOf(record), answeredAt: isAnswered(record) ? at + (firstByteMs ?? totalMs) : undefined };
}

type Outcome = { cancelled: boolean; status: number; error: unknown };

function stateOf({ cancelled, status, error }: Outcome): LiveRequest['state'] {
  if (cancelled) return 'cancelled';
  return error || status >= 400 ? 'failed' : 'done';
}

/** What a plan answered cost nothing. */
function paid({ usd, source }: NonNullable<RequestRecord['cost']>): number {
  return source === 'plan' ? 0 : usd;
}
