import type { Context } from 'hono';
import type { ClientDialectId } from '../conversation/dialect-id.ts';
import type { GatewayError } from '../conversation/error.ts';
import type { JsonObject } from '../conversation/json.ts';
import type { Usage } from '../conversation/usage.ts';
import type { RequestRecord } from '../ledger/record.ts';
import type { AttemptNote } from '../log/log-line.ts';
import { AllFailed } from '../routing/all-failed.ts';
import type { AttemptRecord } from '../routing/exchange.ts';
import type { Plan } from '../routing/plan.ts';
import { nameWithoutSecrets } from '../routing/sent-secrets.ts';
import type { Target } from '../routing/target.ts';
import type { Env, Gateway } from './context.ts';
import { RequestEvents } from './request-events.ts';
import { attemptNote, attemptsOf, errorOf, logRequest, newRecord, noteTarget, skippedOf } from './request-record.ts';

/** The record of a relayed request, and what is told of it to those who watch. */
export class RelayRecord {
  readonly #gateway: Gateway;
  readonly #record: RequestRecord;
  readonly #events: RequestEvents;
  readonly #sent: AttemptNote[] = [];
  #target: Target | undefined;

  /** `dialect`: that of the errors the client understands. */
  constructor(c: Context<Env>, gateway: Gateway, dialect: ClientDialectId) {
    this.#gateway = gateway;
    gateway.running.begin(c.env.outgoing);
    this.#record = newRecord(c, { id: dialect }, gateway);
    this.#events = new RequestEvents(gateway);
  }

  asked(model: string, body: JsonObject): void {
    this.#record.requested = nameWithoutSecrets(model, this.#gateway.redactor);
    this.#record.streamed = body.stream === true;
    this.#events.started(this.#record);
  }

  planned(plan: Plan): void {
    this.#record.combo = plan.combo?.name;
    this.#record.skipped = skippedOf(plan);
  }

  attempted(attempt: AttemptRecord): void {
    this.#sent.push(attemptNote(attempt));
    this.#events.attempted(this.#record, attempt);
  }

  /** The answer's first bytes are on their way to the client. */
  answered(target: Target, attempts: readonly AttemptRecord[]): void {
    this.#target = target;
    this.#record.attempts = attemptsOf(attempts, this.#record.at);
    this.#record.firstByteMs = this.#gateway.now() - this.#record.at;
    this.#events.answered(this.#record, target);
  }

  used(usage: Usage | undefined): void {
    this.#record.usage = usage;
  }

  failed(thrown: unknown, error: GatewayError): void {
    if (thrown instanceof AllFailed) {
      this.#target = thrown.target;
      this.#record.attempts = attemptsOf(thrown.attempts, this.#record.at);
    }
    this.#record.error = errorOf(error);
    this.#record.cancelled = error.class === 'cancelled';
  }

  /** `status`: what the client got. */
  finish(status: number): void {
    const record = this.#record;
    record.status = status;
    record.totalMs = this.#gateway.now() - record.at;
    if (this.#target) noteTarget(record, this.#target, this.#gateway.config().prices);
    this.#gateway.records.add(record);
    this.#gateway.ledger.add(record);
    this.#events.finished(record);
    logRequest(this.#gateway, record, this.#sent);
  }
}
