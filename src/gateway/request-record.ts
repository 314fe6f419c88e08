import type { Context } from 'hono';
import type { PricesConfig } from '../config/schema.ts';
import type { GatewayError } from '../conversation/error.ts';
import type { ClientDialect } from '../dialects/dialect.ts';
import { clientNameOf } from '../ledger/client-name.ts';
import { recordedCost } from '../ledger/cost.ts';
import type { RequestRecord } from '../ledger/record.ts';
import type { AttemptNote } from '../log/log-line.ts';
import type { AttemptRecord } from '../routing/exchange.ts';
import type { Plan } from '../routing/plan.ts';
import { nameWithoutSecrets } from '../routing/sent-secrets.ts';
import type { Target } from '../routing/target.ts';
import type { Env, Gateway } from './context.ts';

/** The record of a request that has just come in; the rest is filled in as it is known. */
export function newRecord(c: Context<Env>, dialect: Pick<ClientDialect, 'id'>, gateway: Pick<Gateway, 'now' | 'redactor'>): RequestRecord {
  const { name, version } = clientNameOf((header) => c.req.header(header));
  const clean = (text: string): string => nameWithoutSecrets(text, gateway.redactor);
  return {
    id: c.get('requestId'),
    at: gateway.now(),
    key: c.get('key').name,
    client: clean(name),
    ...(version === undefined ? {} : { clientVersion: clean(version) }),
    dialect: dialect.id,
    requested: '',
    target: undefined,
    account: undefined,
    combo: undefined,
    attempts: [],
    skipped: [],
    streamed: false,
    firstByteMs: undefined,
    totalMs: 0,
    usage: undefined,
    finish: undefined,
    status: 0,
    error: undefined,
    cancelled: false,
  };
}

/** Attempts as they are kept: classes and times, no messages. `at`: when the request came in. */
export function attemptsOf(attempts: readonly AttemptRecord[], at: number): RequestRecord['attempts'] {
  return attempts.map(({ target, account, startedAt, ms, error }) => ({
    target,
    account,
    ms,
    ...startMsOf(startedAt, at),
    ...(error ? { class: error.class, status: error.status } : {}),
  }));
}

/** Milliseconds from one moment to another; a clock that was set back says nothing. */
export function startMsOf(startedAt: number | undefined, at: number): { startMs?: number } {
  return startedAt === undefined || startedAt < at ? {} : { startMs: startedAt - at };
}

/** What a code is made of; a sentence in its place may hold anything, also what was asked. */
const CODE = /^[\w.:/-]{1,64}$/;

/** A failure as it is kept: its class and code, no message. */
export function errorOf({ class: kind, code }: GatewayError): RequestRecord['error'] {
  return { class: kind, code: code !== undefined && CODE.test(code) ? code : undefined };
}

/** Who answered, or was asked last, and what that cost. */
export function noteTarget(record: RequestRecord, target: Target, prices: PricesConfig): void {
  const { account, model, name, dialect } = target;
  const { provider, config } = account;
  record.target = name;
  record.account = config.name;
  record.accountId = config.id;
  record.provider = provider.id;
  record.tier = provider.tier;
  record.model = model;
  record.targetDialect = dialect;
  const cost = record.usage && recordedCost(record.usage, { provider, model, name }, prices, record.at);
  if (cost) record.cost = cost;
}

/** Targets that were passed over, as they are kept. */
export function skippedOf(plan: Plan): RequestRecord['skipped'] {
  return plan.skipped.map(({ target, block }) => ({ target: target.name, account: target.account.config.name, reason: block.reason }));
}

/** An attempt as the line of its request tells it. */
export function attemptNote({ target, account, provider, proxy, ms, error }: AttemptRecord): AttemptNote {
  return { target, account, provider, proxy, ms, ...(error ? { failure: { class: error.class, status: error.status } } : {}) };
}

/** Puts a request into the log: one line, with what went out for it among its fields. One that failed is a warning. */
export function logRequest({ logs }: Pick<Gateway, 'logs'>, record: RequestRecord, attempts: readonly AttemptNote[]): void {
  const level = record.error && !record.cancelled ? 'warn' : 'info';
  logs[level](logLine(record), { requestId: record.id, ...(attempts.length === 0 ? {} : { attempts }) });
}

/** One line for the log. */
export function logLine(record: RequestRecord): string {
  const { usage } = record;
  const tokens = usage ? `${usage.input ?? '–'}→${usage.output ?? '–'} tokens` : 'tokens –';
  const outcome = record.cancelled ? 'cancelled' : record.error ? `${record.error.class} ${record.status}` : String(record.status);
  return `${record.id} ${record.dialect} ${record.requested} → ${record.target ?? '–'} ${outcome} ${record.totalMs} ms, ${tokens}`;
}
