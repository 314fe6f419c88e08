import type * as z from 'zod';
import { CALLS, type CallName, type Params, type Result } from '../../src/editor/dashboard/contract/calls.ts';
import { type Boot, type CallErrorShape, type FromPage, toPage } from '../../src/editor/dashboard/contract/messages.ts';
import type { Place } from '../../src/editor/dashboard/contract/place.ts';
import type { SlicesMessage, Watchable } from '../../src/editor/dashboard/contract/slices.ts';
import { TOPICS, type TopicItem, type TopicName, type TopicParams } from '../../src/editor/dashboard/contract/topics.ts';
import { CallError, type Host } from './host.ts';

/** What VS Code gives a webview, once. */
export interface VsCodeApi {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}

interface Waiting {
  answer(value: unknown): void;
  refuse(error: CallError): void;
}

interface Listening {
  told(items: unknown[]): void;
  over(error: CallError | undefined): void;
}

/** The editor, over messages. Every one that comes is checked; one that does not fit is reported and left. */
export class MessageHost implements Host {
  readonly boot: Boot;
  readonly #api: VsCodeApi;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listening = new Map<number, Listening>();
  #next = 0;
  #slices: (slices: SlicesMessage) => void = () => {};
  #go: ((place: Place) => void) | undefined;
  /** Where it was told to go before anybody could. */
  #toGo: Place | undefined;

  constructor(api: VsCodeApi, boot: Boot) {
    this.#api = api;
    this.boot = boot;
    window.addEventListener('message', ({ data }) => this.#take(data));
    api.postMessage({ type: 'hello' });
  }

  call<K extends CallName>(name: K, params: Params<K>, signal?: AbortSignal): Promise<Result<K>> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const cancel = (): void => {
        this.#waiting.delete(id);
        this.#api.postMessage({ type: 'cancel', id });
        reject(signal?.reason);
      };
      const end = (): void => signal?.removeEventListener('abort', cancel);
      signal?.addEventListener('abort', cancel, { once: true });
      this.#waiting.set(id, {
        answer: (value) => {
          end();
          const read = CALLS[name].result.safeParse(value);
          if (read.success) resolve(read.data as Result<K>);
          else reject(new CallError(`${name}: ${read.error.issues[0]?.message}`));
        },
        refuse: (error) => {
          end();
          reject(error);
        },
      });
      this.#api.postMessage({ type: 'call', id, name, params });
    });
  }

  listen<K extends TopicName>(
    topic: K,
    params: TopicParams<K>,
    told: (items: TopicItem<K>[]) => void,
    over: (error: CallError | undefined) => void = () => {},
  ): () => void {
    const id = this.#next++;
    const item: z.ZodType = TOPICS[topic].item;
    this.#listening.set(id, {
      told: (items) => told(fitting(items, item) as TopicItem<K>[]),
      over,
    });
    this.#api.postMessage({ type: 'listen', id, topic, params });
    return () => {
      if (this.#listening.delete(id)) this.#api.postMessage({ type: 'unlisten', id });
    };
  }

  watch(slices: readonly Watchable[]): void {
    this.#api.postMessage({ type: 'watch', slices: [...slices] });
  }

  onSlices(take: (slices: SlicesMessage) => void): void {
    this.#slices = take;
  }

  onGo(go: (place: Place) => void): void {
    this.#go = go;
    if (this.#toGo) go(this.#toGo);
    this.#toGo = undefined;
  }

  at(place: Place): void {
    this.#api.postMessage({ type: 'at', place });
  }

  open(place: Place): void {
    this.#api.postMessage({ type: 'open', place });
  }

  failed(message: string): void {
    this.#api.postMessage({ type: 'failed', message: message.slice(0, 4000) });
  }

  saved(): Readonly<Record<string, unknown>> {
    const state = this.#api.getState();
    return typeof state === 'object' && state !== null ? { ...state } : {};
  }

  save(state: Readonly<Record<string, unknown>>): void {
    this.#api.setState(state);
  }

  #take(raw: unknown): void {
    const { data, error } = toPage.safeParse(raw);
    if (data) this.#handle(data);
    else this.failed(`a message was not understood: ${error.issues[0]?.message}`);
  }

  #handle(message: z.output<typeof toPage>): void {
    switch (message.type) {
      case 'slices':
        this.#slices(message.slices);
        break;
      case 'answer':
        this.#settle(message.id)?.answer(message.value);
        break;
      case 'refusal':
        this.#settle(message.id)?.refuse(errorOf(message.error));
        break;
      case 'told':
        this.#listening.get(message.id)?.told(message.items);
        break;
      case 'over':
        this.#over(message.id, message.error && errorOf(message.error));
        break;
      case 'go':
        if (this.#go) this.#go(message.place);
        else this.#toGo = message.place;
        break;
    }
  }

  #over(id: number, error: CallError | undefined): void {
    const listening = this.#listening.get(id);
    this.#listening.delete(id);
    listening?.over(error);
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }
}

/** Those that are what they should be. */
function fitting(items: readonly unknown[], item: z.ZodType): unknown[] {
  return items.flatMap((entry) => {
    const read = item.safeParse(entry);
    return read.success ? [read.data] : [];
  });
}

function errorOf({ message, code, param }: CallErrorShape): CallError {
  return new CallError(message, code, param);
}
