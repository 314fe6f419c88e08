import { createContext } from 'preact';
import { useCallback, useContext, useEffect, useRef, useState } from 'preact/hooks';
import type { CallName, Params, Result } from '../src/editor/dashboard/contract/calls.ts';
import type { Place } from '../src/editor/dashboard/contract/place.ts';
import type { Watchable } from '../src/editor/dashboard/contract/slices.ts';
import type { TopicItem, TopicName, TopicParams } from '../src/editor/dashboard/contract/topics.ts';
import type { CallError, Host } from './host/host.ts';
import type { Slices, Store } from './host/store.ts';

/** What every part of the page works with. */
export interface App {
  host: Host;
  store: Store;
  place: Place;
  go(place: Place): void;
  /** Tells what a page needs while it is shown; the function it gives takes that back. */
  need(slice: Watchable): () => void;
  keep(key: string, value: unknown): void;
  kept(key: string): unknown;
}

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('outside the dashboard');
  return app;
}

/** A slice of the live state, kept fresh while the component is there; `undefined` until it was told. */
export function useSlice<K extends Watchable>(slice: K): Slices[K] | undefined {
  const { store, need } = useApp();
  const [, redraw] = useState(0);
  useEffect(() => {
    const end = need(slice);
    const unsubscribe = store.subscribe(slice, () => redraw((count) => count + 1));
    redraw((count) => count + 1);
    return () => {
      unsubscribe();
      end();
    };
  }, [slice, store, need]);
  return store.get(slice);
}

export type Asked<T> =
  | { is: 'loading' }
  /** `stale`: it is being asked again. */
  | { is: 'there'; value: T; stale: boolean }
  /** `last`: what was there before it failed. */
  | { is: 'failed'; error: Error; last: T | undefined };

export interface Asking<T> {
  asked: Asked<T>;
  again(): void;
}

/** The last answer, also while it is asked again and when that failed. */
export function lastAnswer<T>(asked: Asked<T>): T | undefined {
  switch (asked.is) {
    case 'loading':
      return undefined;
    case 'there':
      return asked.value;
    case 'failed':
      return asked.last;
  }
}

/**
 * Asks when it is first shown and when the parameters change (by their JSON); the last answer stays while the next is on its way.
 * `every`: milliseconds after which it is asked again while the page can be seen.
 */
export function useCall<K extends CallName>(name: K, params: Params<K>, every?: number): Asking<Result<K>> {
  const { host } = useApp();
  const [asked, setAsked] = useState<Asked<Result<K>>>({ is: 'loading' });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(params);
  const asking = useRef(params);
  asking.current = params;
  // `key` and `turn` are what it is asked again for.
  useEffect(() => {
    const stop = new AbortController();
    setAsked((before) => (before.is === 'there' ? { ...before, stale: true } : before));
    host.call(name, asking.current, stop.signal).then(
      (value) => setAsked({ is: 'there', value, stale: false }),
      (error: Error) => {
        if (stop.signal.aborted) return;
        setAsked((before) => ({ is: 'failed', error, last: lastAnswer(before) }));
      },
    );
    const timer = every === undefined ? undefined : setTimeout(() => whenVisible(() => setTurn((count) => count + 1), stop.signal), every);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [host, name, key, turn, every]);
  return { asked, again: useCallback(() => setTurn((count) => count + 1), []) };
}

/** Listens while the component is there, anew when the parameters change. */
export function useTopic<K extends TopicName>(
  topic: K,
  params: TopicParams<K>,
  told: (items: TopicItem<K>[]) => void,
  over?: (error: CallError | undefined) => void,
): void {
  const { host } = useApp();
  const current = useRef({ told, over });
  current.current = { told, over };
  const key = JSON.stringify(params);
  // The parameters are compared by their JSON.
  useEffect(
    () =>
      host.listen(
        topic,
        params,
        (items) => current.current.told(items),
        (error) => current.current.over?.(error),
      ),
    [host, topic, key],
  );
}

/** State that is there again when the page, or the whole window, comes back. `key` is the page's own: `requests.filter`. JSON only. */
export function useKept<T>(key: string, first: T, fits: (value: unknown) => value is T): [T, (value: T) => void] {
  const { keep, kept } = useApp();
  const [value, setValue] = useState<T>(() => {
    const before = kept(key);
    return fits(before) ? before : first;
  });
  const set = useCallback(
    (next: T) => {
      setValue(next);
      keep(key, next);
    },
    [key, keep],
  );
  return [value, set];
}

/** Milliseconds since the epoch, anew every `every` milliseconds while the page can be seen: for countdowns. */
export function useNow(every = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => !document.hidden && setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

function whenVisible(then: () => void, signal: AbortSignal): void {
  if (!document.hidden) then();
  else document.addEventListener('visibilitychange', then, { once: true, signal });
}
