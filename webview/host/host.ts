import type { CallName, Params, Result } from '../../src/editor/dashboard/contract/calls.ts';
import type { Boot } from '../../src/editor/dashboard/contract/messages.ts';
import type { Place } from '../../src/editor/dashboard/contract/place.ts';
import type { SlicesMessage, Watchable } from '../../src/editor/dashboard/contract/slices.ts';
import type { TopicItem, TopicName, TopicParams } from '../../src/editor/dashboard/contract/topics.ts';

/** Something a call was refused for; `message` is for people. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: string | undefined;
  readonly param: string | undefined;

  constructor(message: string, code?: string, param?: string) {
    super(message);
    this.code = code;
    this.param = param;
  }
}

/**
 * What is around the page: the editor, over messages. The pages know only this, so that a browser may be another one.
 */
export interface Host {
  readonly boot: Readonly<Boot>;
  /** Rejects with CallError, or with the signal's reason. */
  call<K extends CallName>(name: K, params: Params<K>, signal?: AbortSignal): Promise<Result<K>>;
  /** Calls `told` for each thing until the function it gives is called; `over` when the topic ended by itself. */
  listen<K extends TopicName>(
    topic: K,
    params: TopicParams<K>,
    told: (items: TopicItem<K>[]) => void,
    over?: (error: CallError | undefined) => void,
  ): () => void;
  /** These slices, and no others, are kept fresh from now on. */
  watch(slices: readonly Watchable[]): void;
  onSlices(take: (slices: SlicesMessage) => void): void;
  onGo(go: (place: Place) => void): void;
  at(place: Place): void;
  /** Shows the place elsewhere: the side bar has room for the overview alone. */
  open(place: Place): void;
  failed(message: string): void;
  /** What the page kept, also when the window was reloaded. Plain JSON. */
  saved(): Readonly<Record<string, unknown>>;
  save(state: Readonly<Record<string, unknown>>): void;
}
