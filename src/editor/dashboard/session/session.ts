import * as l10n from '@vscode/l10n';
import { AdminError } from '../../admin/api.ts';
import { CALLS, type CallName, isCall } from '../contract/calls.ts';
import { type CallErrorShape, type FromPage, fromPage, type ToPage } from '../contract/messages.ts';
import type { Place } from '../contract/place.ts';
import type { Watchable } from '../contract/slices.ts';
import { isTopic, TOPICS, type TopicName } from '../contract/topics.ts';
import { ChangedSlices } from './changed-slices.ts';
import type { DashboardDeps, Handlers, Topics } from './deps.ts';
import { handlersOf, topicsOf } from './handlers.ts';

export interface SessionOptions extends DashboardDeps {
  post(message: ToPage): void;
  /** Where the page says it is. */
  at(place: Place): void;
}

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

  receive(raw: unknown): void {
    const { data, error } = fromPage.safeParse(raw);
    if (data) this.#take(data);
    else this.#options.log.warn(`dashboard: a message was not understood: ${error.issues[0]?.message}`);
  }

  go(place: Place): void {
    this.#options.post({ type: 'go', place });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#endAll();
  }

  #take(message: FromPage): void {
    switch (message.type) {
      case 'hello':
        this.#endAll();
        this.#slices.forget();
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
      case 'failed':
        this.#options.log.warn(`dashboard: ${message.message}`);
        break;
    }
  }

  #tell(): void {
    if (!this.#visible) return;
    const slices = this.#slices.take(this.#options.live.snapshot, this.#watched);
    if (slices) this.#options.post({ type: 'slices', slices });
  }

  async #call(id: number, name: string, raw: unknown): Promise<void> {
    const { post, log } = this.#options;
    const signal = this.#begin(id);
    try {
      if (!isCall(name)) throw new Error(l10n.t('This window does not know "{0}". Reload it to use the new version.', name));
      const value = await this.#answer(name, raw, signal);
      if (!signal.aborted) post({ type: 'answer', id, ok: true, value });
    } catch (thrown) {
      if (signal.aborted) return;
      log.debug(`dashboard: ${name}: ${String(thrown)}`);
      post({ type: 'refusal', id, error: errorOf(thrown) });
    } finally {
      this.#running.delete(id);
    }
  }

  async #answer<K extends CallName>(name: K, raw: unknown, signal: AbortSignal): Promise<unknown> {
    const { params, result } = CALLS[name];
    const handler: (params: never, signal: AbortSignal) => Promise<unknown> = this.#handlers[name];
    return result.parse(await handler(params.parse(raw) as never, signal));
  }

  async #listen(id: number, topic: string, raw: unknown): Promise<void> {
    const { post } = this.#options;
    const signal = this.#begin(id);
    const waiting = new Gathered((items) => post({ type: 'told', id, items }));
    try {
      if (!isTopic(topic)) throw new Error(l10n.t('This window does not know "{0}". Reload it to use the new version.', topic));
      await this.#follow(topic, raw, (item) => waiting.push(item), signal);
      waiting.flush();
      if (!signal.aborted) post({ type: 'over', id });
    } catch (thrown) {
      if (!signal.aborted) post({ type: 'over', id, error: errorOf(thrown) });
    } finally {
      waiting.dispose();
      this.#running.delete(id);
    }
  }

  async #follow<K extends TopicName>(topic: K, raw: unknown, tell: (item: unknown) => void, signal: AbortSignal): Promise<void> {
    const handler: (params: never, tell: (item: unknown) => void, signal: AbortSignal) => Promise<void> = this.#topics[topic];
    await handler(TOPICS[topic].params.parse(raw) as never, tell, signal);
  }

  #begin(id: number): AbortSignal {
    const controller = new AbortController();
    this.#running.get(id)?.abort();
    this.#running.set(id, controller);
    return controller.signal;
  }

  #endAll(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }
}

/** What comes within a moment is one message. */
class Gathered {
  readonly #post: (items: unknown[]) => void;
  #items: unknown[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(post: (items: unknown[]) => void) {
    this.#post = post;
  }

  push(item: unknown): void {
    this.#items.push(item);
    this.#timer ??= setTimeout(() => this.flush(), 50);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#items.length > 0) this.#post(this.#items.splice(0));
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}

function errorOf(thrown: unknown): CallErrorShape {
  if (thrown instanceof AdminError) {
    const { message, status, code, param } = thrown;
    return { message, status, code, param };
  }
  return { message: thrown instanceof Error ? thrown.message : String(thrown) };
}
