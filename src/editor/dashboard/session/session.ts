import { CALLS, type CallName, isCall } from '../contract/calls.ts';
import { type FromPage, fromPage, type ToPage } from '../contract/messages.ts';
import type { Place } from '../contract/place.ts';
import type { Watchable } from '../contract/slices.ts';
import { isTopic, TOPICS, type TopicName } from '../contract/topics.ts';
import { ChangedSlices } from './changed-slices.ts';
import type { DashboardDeps, Handlers, Topics } from './deps.ts';
import { Gathered } from './gathered.ts';
import { handlersOf, topicsOf } from './handlers.ts';
import { checked, errorOf, tooMany, unknownName, wrongParams, wrongResult } from './refusal.ts';

export interface SessionOptions extends DashboardDeps {
  post(message: ToPage): void;
  /** The page is on. */
  hello(): void;
  /** Where the page says it is. */
  at(place: Place): void;
  /** The page has no room for this place; it is to be shown elsewhere. */
  open(place: Place): void;
}

/** More than any page asks and listens to at once; a page gone wild does not take the gateway with it. */
const MOST_RUNNING = 200;
/** Complaints noted of one page. */
const MOST_NOTED = 50;

/** The editor's end of one open dashboard: answers what it asks, tells what it watches. Knows nothing of VS Code. */
export class Session {
  readonly #options: SessionOptions;
  readonly #handlers: Handlers;
  readonly #topics: Topics;
  readonly #slices = new ChangedSlices();
  readonly #running = new Map<number, AbortController>();
  readonly #listening: { dispose(): void };
  #watched: ReadonlySet<Watchable> = new Set();
  #visible = true;
  #greeted = false;
  #toGo: Place | undefined;
  #noted = 0;
  #disposed = false;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#handlers = handlersOf(options);
    this.#topics = topicsOf(options);
    this.#listening = options.live.onDidChange(() => this.#tell());
  }

  /** While nobody sees it nothing is told; what changed meanwhile is told when it is seen again. */
  set visible(visible: boolean) {
    this.#visible = visible;
    this.#tell();
  }

  /** Whether the page has said that it is on. */
  get greeted(): boolean {
    return this.#greeted;
  }

  receive(raw: unknown): void {
    if (this.#disposed) return;
    const { data, error } = fromPage.safeParse(raw);
    if (data) this.#take(data);
    else this.#note(`a message was not understood: ${error.issues[0]?.path.join('.')} ${error.issues[0]?.message}`);
  }

  /** A page that is not on yet goes there as soon as it is. */
  go(place: Place): void {
    if (this.#greeted) this.#options.post({ type: 'go', place });
    else this.#toGo = place;
  }

  /** The page's document is gone; it may come again, and greets anew. */
  lost(): void {
    this.#endAll();
    this.#slices.forget();
    this.#watched = new Set();
    this.#greeted = false;
  }

  dispose(): void {
    this.#disposed = true;
    this.#listening.dispose();
    this.#endAll();
  }

  #take(message: FromPage): void {
    switch (message.type) {
      case 'hello':
        this.#hello();
        break;
      case 'watch':
        this.#watched = new Set(message.slices);
        this.#tell();
        break;
      case 'call':
        void this.#call(message.id, message.name, message.params);
        break;
      case 'listen':
        void this.#listen(message.id, message.topic, message.params);
        break;
      case 'cancel':
      case 'unlisten':
        this.#running.get(message.id)?.abort();
        break;
      case 'at':
        this.#options.at(message.place);
        break;
      case 'open':
        this.#options.open(message.place);
        break;
      case 'failed':
        this.#note(message.message);
        break;
    }
  }

  #hello(): void {
    this.lost();
    this.#greeted = true;
    this.#options.hello();
    if (this.#toGo) this.go(this.#toGo);
    this.#toGo = undefined;
  }

  #note(complaint: string): void {
    this.#noted += 1;
    if (this.#noted <= MOST_NOTED) this.#options.log.warn(`dashboard: ${complaint}`);
    if (this.#noted === MOST_NOTED) this.#options.log.warn('dashboard: it complains often; no more of it is noted');
  }

  #tell(): void {
    if (!this.#visible) return;
    const slices = this.#slices.take(this.#options.live.snapshot, this.#watched);
    if (slices) this.#options.post({ type: 'slices', slices });
  }

  async #call(id: number, name: string, raw: unknown): Promise<void> {
    const { post, log } = this.#options;
    const running = this.#begin(id);
    const { signal } = running;
    try {
      if (this.#running.size > MOST_RUNNING) throw tooMany();
      if (!isCall(name)) throw unknownName(name);
      const value = await this.#answer(name, raw, signal);
      if (!signal.aborted) post({ type: 'answer', id, ok: true, value });
    } catch (thrown) {
      if (signal.aborted) return;
      log.debug(`dashboard: ${name}: ${String(thrown)}`);
      post({ type: 'refusal', id, error: errorOf(thrown) });
    } finally {
      this.#end(id, running);
    }
  }

  async #answer<K extends CallName>(name: K, raw: unknown, signal: AbortSignal): Promise<unknown> {
    const { params, result } = CALLS[name];
    const handler: (params: never, signal: AbortSignal) => Promise<unknown> = this.#handlers[name];
    const value = await handler(checked(params, raw, wrongParams(name)) as never, signal);
    return checked(result, value, wrongResult(name));
  }

  async #listen(id: number, topic: string, raw: unknown): Promise<void> {
    const { post } = this.#options;
    const running = this.#begin(id);
    const { signal } = running;
    const waiting = new Gathered((items) => signal.aborted || post({ type: 'told', id, items }));
    try {
      if (this.#running.size > MOST_RUNNING) throw tooMany();
      if (!isTopic(topic)) throw unknownName(topic);
      await this.#follow(topic, raw, (item) => waiting.push(item), signal);
      waiting.flush();
      if (!signal.aborted) post({ type: 'over', id });
    } catch (thrown) {
      waiting.flush();
      if (!signal.aborted) post({ type: 'over', id, error: errorOf(thrown) });
    } finally {
      waiting.dispose();
      this.#end(id, running);
    }
  }

  async #follow<K extends TopicName>(topic: K, raw: unknown, tell: (item: unknown) => void, signal: AbortSignal): Promise<void> {
    const { params, item } = TOPICS[topic];
    const handler: (params: never, tell: (item: unknown) => void, signal: AbortSignal) => Promise<void> = this.#topics[topic];
    await handler(checked(params, raw, wrongParams(topic)) as never, (told) => tell(checked(item, told, wrongResult(topic))), signal);
  }

  #begin(id: number): AbortController {
    const controller = new AbortController();
    this.#running.get(id)?.abort();
    this.#running.set(id, controller);
    return controller;
  }

  /** A page that starts again counts from 0 again: the number may be another's by now. */
  #end(id: number, running: AbortController): void {
    if (this.#running.get(id) === running) this.#running.delete(id);
  }

  #endAll(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }
}
