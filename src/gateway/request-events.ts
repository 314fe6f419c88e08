import { answeredElsewhere } from '../ledger/fallback.ts';
import type { RequestRecord } from '../ledger/record.ts';
import type { AttemptRecord } from '../routing/exchange.ts';
import type { Target } from '../routing/target.ts';
import type { Gateway } from './context.ts';
import { startMsOf } from './request-record.ts';

/** Tells those who watch what becomes of one request. Costs nothing while nobody does. */
export class RequestEvents {
  readonly #gateway: Pick<Gateway, 'events' | 'now'>;

  constructor(gateway: Pick<Gateway, 'events' | 'now'>) {
    this.#gateway = gateway;
  }

  started({ id, key, client, dialect, requested, streamed }: RequestRecord): void {
    const { events, now } = this.#gateway;
    if (events.watched) events.publish({ type: 'request-started', at: now(), id, key, client, dialect, requested, streamed });
  }

  attempted({ id, at: began }: RequestRecord, { target, account, startedAt, ms, error }: AttemptRecord): void {
    const { events, now } = this.#gateway;
    if (!error || !events.watched) return;
    const { class: kind, status } = error;
    const when = { ms, ...startMsOf(startedAt, began) };
    events.publish({ type: 'attempt-failed', at: now(), id, target, account, class: kind, status, ...when });
  }

  answered(record: RequestRecord, target: Target): void {
    const { events, now } = this.#gateway;
    if (!events.watched) return;
    const { id, at, attempts } = record;
    const { name } = target;
    const account = target.account.config.name;
    const fallback = answeredElsewhere({ ...record, target: name, account });
    events.publish({ type: 'first-token', at: now(), id, target: name, account, ms: now() - at, attempts: attempts.length, fallback });
  }

  finished(record: RequestRecord): void {
    const { events, now } = this.#gateway;
    if (!events.watched) return;
    const { id, target, account, status, totalMs, attempts, usage, cost, error, cancelled } = record;
    events.publish({
      type: 'request-finished',
      at: now(),
      id,
      target,
      account,
      status,
      totalMs,
      attempts: attempts.length,
      usage,
      cost,
      error: error?.class,
      cancelled,
      record,
    });
  }
}
