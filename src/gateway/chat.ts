import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';
import type { Settings } from '../config/schema.ts';
import type { JsonObject } from '../conversation/json.ts';
import type { ChatRequest } from '../conversation/request.ts';
import type { ClientDialect, RequestRoute } from '../dialects/dialect.ts';
import type { RequestRecord } from '../ledger/record.ts';
import type { AttemptNote } from '../log/log-line.ts';
import { AllFailed } from '../routing/all-failed.ts';
import { askChat } from '../routing/ask-chat.ts';
import type { Answer, AnswerReport, AttemptRecord, Exchange } from '../routing/exchange.ts';
import { needsOf } from '../routing/needs.ts';
import type { Plan } from '../routing/plan.ts';
import { applyRules } from '../routing/rules/apply.ts';
import { type Ran, runPlan } from '../routing/run.ts';
import { nameWithoutSecrets } from '../routing/sent-secrets.ts';
import type { Target } from '../routing/target.ts';
import { parseBody, readBody } from './body.ts';
import { ChatCapture } from './chat-capture.ts';
import { abortWhenGone, clientClosed } from './client-gone.ts';
import { clientHeader } from './client-header.ts';
import type { Env, Gateway } from './context.ts';
import { Conversation } from './conversation-memory.ts';
import { errorHeaders, headerText } from './error-response.ts';
import type { ReplySurface } from './forwarding-reply.ts';
import { onlyAble } from './only-able.ts';
import { askerOf, type PlanQuery, planFor } from './plan-for.ts';
import { Reply } from './reply.ts';
import { RequestEvents } from './request-events.ts';
import { attemptNote, attemptsOf, errorOf, logRequest, newRecord, noteTarget, skippedOf } from './request-record.ts';
import { idempotencyKeyOf, shareKey } from './share/share-key.ts';
import type { SharedAnswer } from './share/shared-answer.ts';
import { SharedReply } from './share/shared-reply.ts';
import { asError, stackOf, totalTimeout } from './turn-error.ts';

/** Answers one chat request of any dialect, from reading its body to its record. */
export async function answerChat(
  c: Context<Env>,
  gateway: Gateway,
  client: ClientDialect,
  route: RequestRoute,
  contentType = 'text/event-stream; charset=utf-8',
): Promise<Response> {
  const turn = new ChatTurn(c, gateway, client, contentType);
  await turn.answer(route);
  return RESPONSE_ALREADY_SENT;
}

/** The client's headers that mean something to a provider of the same dialect. */
const FORWARDED = ['anthropic-beta', 'anthropic-version', 'openai-beta'] as const;

class ChatTurn {
  readonly #c: Context<Env>;
  readonly #gateway: Gateway;
  readonly #client: ClientDialect;
  readonly #contentType: string;
  readonly #settings: Settings;
  #reply: ReplySurface;
  #share: SharedAnswer | undefined;
  readonly #abort = new AbortController();
  readonly #warnings: string[] = [];
  readonly #record: RequestRecord;
  readonly #events: RequestEvents;
  readonly #sent: AttemptNote[] = [];
  #target: Target | undefined;
  #memory: Conversation | undefined;
  #capture: ChatCapture | undefined;

  constructor(c: Context<Env>, gateway: Gateway, client: ClientDialect, contentType: string) {
    this.#c = c;
    this.#gateway = gateway;
    this.#client = client;
    this.#contentType = contentType;
    this.#settings = gateway.config().settings;
    gateway.running.begin(c.env.outgoing);
    // The record's clock starts first: no part of a request may seem longer than the whole.
    this.#record = newRecord(c, client, gateway);
    this.#reply = new Reply(c.env.outgoing, gateway.now);
    this.#events = new RequestEvents(gateway);
  }

  async answer(route: RequestRoute): Promise<void> {
    abortWhenGone(this.#c.env.outgoing, this.#abort, () => this.#share?.detach() ?? true);
    const { totalMs } = this.#settings.timeouts;
    const deadline = setTimeout(() => this.#abort.abort(totalTimeout(totalMs)), totalMs);
    try {
      const ran = await this.#ran(route);
      if (ran) await this.#tell(ran);
    } catch (error) {
      this.#fail(error);
    } finally {
      clearTimeout(deadline);
      this.#reply.end();
      this.#finishRecord();
    }
  }

  /** The answer as it begins; `undefined` when it was another request's, and is delivered. */
  async #ran(route: RequestRoute): Promise<Ran<Answer> | undefined> {
    const body = await readBody(this.#c.env.incoming, this.#settings.security.maxBodyBytes);
    this.#capture = ChatCapture.of(this.#c, this.#gateway, body);
    if (this.#capture) this.#reply = this.#capture.heard(this.#reply);
    const parsed = parseBody(body);
    const read = this.#client.readRequest(parsed, route);
    if (!read.ok) throw read.error;
    this.#record.requested = nameWithoutSecrets(read.value.model, this.#gateway.redactor);
    this.#record.streamed = read.value.stream;
    this.#events.started(this.#record);
    if (await this.#follows(read.value, body)) return undefined;
    const { request, changed } = this.#ruled(read.value);
    const query = {
      model: request.model,
      client: this.#client.id,
      needs: needsOf(request, body.length),
      asker: askerOf(this.#c, this.#gateway, read.value, parsed),
    };
    const plan = onlyAble(request, planFor(this.#c, this.#gateway, query));
    this.#record.combo = plan.combo?.name;
    this.#record.skipped = skippedOf(plan);
    const memory = new Conversation(this.#gateway, request, body.length);
    memory.recall(plan.steps.map((step) => step.target));
    this.#memory = memory;
    const exchange = this.#exchange(memory, body, parsed, changed);
    if (request.stream) this.#keepAlive(request);
    return await this.#run(plan, exchange, query, memory);
  }

  /** Joins a request alike that is under way or has just been answered; else lets others join this one. */
  async #follows(request: ChatRequest, body: string): Promise<boolean> {
    const { req, env } = this.#c;
    const key = shareKey({
      gatewayKeyId: this.#c.get('key').id,
      path: env.incoming.url ?? req.path,
      idempotencyKey: idempotencyKeyOf((name) => req.header(name)),
      body,
      shareIdentical: this.#settings.routing.shareIdentical,
      headers: this.#forwarded(),
    });
    if (key === undefined) return false;
    // Who has left already must not share its leaving.
    this.#abort.signal.throwIfAborted();
    const joined = this.#gateway.shared.join(key, this.#record.id, this.#gateway.now());
    if (joined.role === 'follower') {
      this.#record.sharedWith = joined.follower.leaderId;
      if (request.stream) this.#keepAlive(request);
      await joined.follower.deliver(this.#reply, this.#record.id, this.#abort.signal);
      return true;
    }
    this.#share = joined.answer;
    joined.answer.onDeserted(() => this.#abort.abort(clientClosed()));
    this.#reply = new SharedReply(this.#reply, joined.answer, () => env.outgoing.destroyed);
    return false;
  }

  /** The request as the user's rules want it. */
  #ruled(request: ChatRequest): { request: ChatRequest; changed: boolean } {
    const ruled = applyRules(request, this.#settings.rules);
    for (const warning of ruled.warnings) this.#warn(warning);
    if (ruled.refused) throw ruled.refused;
    return ruled;
  }

  #exchange(memory: Conversation, body: string, parsed: JsonObject, changed: boolean): Exchange {
    return {
      id: this.#c.get('requestId'),
      client: this.#client,
      request: memory.request,
      body,
      parsed,
      expanded: memory.expanded || changed,
      responseId: memory.responseId,
      headers: this.#forwarded(),
      signal: this.#abort.signal,
      warn: (message) => this.#warn(message),
      now: this.#gateway.now,
      newId: this.#gateway.newId,
    };
  }

  async #run(plan: Plan, exchange: Exchange, { needs, asker }: PlanQuery, memory: Conversation): Promise<Ran<Answer>> {
    const { upstream, credentials, refused, signatures, router, now } = this.#gateway;
    const { timeouts, stream } = this.#settings;
    const ask = askChat(exchange, {
      upstream,
      credentials,
      refused,
      signatures,
      timeouts,
      reasoningHoldMs: stream.reasoningHoldMs,
      rules: this.#settings.rules,
      onSend: this.#capture?.onSend,
      ...memory.observers(),
    });
    router.begin(plan);
    const { signal, warn } = exchange;
    const onAttempt = (attempt: AttemptRecord): void => {
      this.#sent.push(attemptNote(attempt));
      this.#events.attempted(this.#record, attempt);
    };
    const context = { books: router, settings: this.#settings, asker, needs, signal, now, random: Math.random, warn, onAttempt };
    return await runPlan(plan, context, ask);
  }

  async #tell(ran: Ran<Answer>): Promise<void> {
    const { answer, target, attempts } = ran;
    this.#target = target;
    this.#record.attempts = attemptsOf(attempts, this.#record.at);
    this.#events.answered(this.#record, target);
    const report = await this.#deliver(answer, attempts.length).catch((error: unknown) => {
      ran.finished(undefined, undefined);
      throw error;
    });
    ran.finished(report.usage, report.error);
    this.#note(report);
  }

  async #deliver(answer: Answer, attempts: number): Promise<AnswerReport> {
    const headers = this.#headers(attempts);
    if (answer.kind === 'whole') {
      this.#reply.whole(200, answer.body, headers);
      return answer.report;
    }
    this.#reply.begin(headers, this.#contentType);
    await this.#reply.write(answer.head);
    await this.#reply.flushed();
    return await answer.pump((text) => this.#reply.write(text));
  }

  #note(report: AnswerReport): void {
    this.#record.usage = report.usage;
    this.#record.finish = report.finish;
    if (report.error) {
      this.#record.error = errorOf(report.error);
      this.#share?.close();
    } else this.#memory?.remember(report.passedThrough);
    if (report.pendingId !== undefined && this.#target) this.#gateway.pending.set(report.pendingId, this.#target);
  }

  #fail(thrown: unknown): void {
    if (thrown instanceof AllFailed) {
      this.#target = thrown.target;
      this.#record.attempts = attemptsOf(thrown.attempts, this.#record.at);
    }
    const error = asError(thrown, this.#abort.signal);
    this.#share?.fail(error);
    this.#record.error = errorOf(error);
    if (error.class === 'internal') this.#gateway.logs.error(`${this.#record.id} internal error: ${stackOf(thrown)}`);
    if (this.#c.env.outgoing.destroyed) return;
    const id = this.#c.get('requestId');
    if (this.#reply.begun) {
      void this.#reply.write(this.#client.writeStreamError(error, id));
      return;
    }
    const { status, body } = this.#client.writeError(error, id);
    this.#reply.whole(status, JSON.stringify(body), { ...this.#headers(this.#record.attempts.length), ...errorHeaders(error, id) });
  }

  #keepAlive(request: ChatRequest): void {
    const { now, newId } = this.#gateway;
    const ping = this.#client.streamWriter({ request, model: request.model, warn: () => {}, now, newId }).ping();
    this.#reply.keepAlive(this.#settings.stream.pingMs, () => {
      // A JSON array cannot tell an error after white space alone: its head waits for the first element.
      if (this.#reply.firstByteMs === undefined && !this.#contentType.startsWith('text/event-stream')) return;
      this.#reply.begin(this.#headers(this.#record.attempts.length), this.#contentType);
      this.#reply.ping(ping);
    });
  }

  #headers(attempts: number): Record<string, string> {
    const headers: Record<string, string> = { 'x-request-id': this.#record.id, 'x-omniroute-attempts': String(attempts) };
    if (this.#target) {
      headers['x-omniroute-target'] = headerText(this.#target.name);
      headers['x-omniroute-account'] = headerText(this.#target.account.config.name);
    }
    if (this.#warnings.length > 0) headers['x-omniroute-warning'] = headerText(this.#warnings.join('; ')).slice(0, 2000);
    return headers;
  }

  #forwarded(): Record<string, string> {
    const headers: Record<string, string> = {};
    for (const name of FORWARDED) {
      const value = clientHeader(this.#c, name);
      if (value) headers[name] = value;
    }
    return headers;
  }

  #warn(message: string): void {
    if (!this.#warnings.includes(message)) this.#warnings.push(message);
  }

  #finishRecord(): void {
    const record = this.#record;
    record.totalMs = this.#gateway.now() - record.at;
    record.firstByteMs = this.#reply.firstByteMs;
    record.status = this.#reply.status;
    if (this.#target) noteTarget(record, this.#target, this.#gateway.config().prices);
    record.cancelled = record.error?.class === 'cancelled';
    this.#gateway.records.add(record);
    this.#gateway.ledger.add(record);
    this.#capture?.end(record);
    this.#events.finished(record);
    logRequest(this.#gateway, record, this.#sent);
  }
}
