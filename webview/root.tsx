import type { VNode } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Boot } from '../src/editor/dashboard/contract/messages.ts';
import { type Place, placeSchema } from '../src/editor/dashboard/contract/place.ts';
import type { Watchable } from '../src/editor/dashboard/contract/slices.ts';
import { type App, AppContext } from './app.ts';
import type { Host } from './host/host.ts';
import type { Store } from './host/store.ts';
import { Shell } from './shell.tsx';

/** The whole page: where it is, what it keeps, what it watches. */
export function Root({ host, store }: { host: Host; store: Store }): VNode {
  const { keep, kept } = useKeeping(host);
  const [place, setPlace] = useState<Place>(() => firstPlace(host.boot, kept));
  const need = useNeeds(host);
  const go = useCallback(
    (next: Place) => {
      if (host.boot.placement === 'side' && next.page !== 'overview') return host.open(next);
      setPlace(next);
      keep('place', next);
      host.at(next);
    },
    [host, keep],
  );
  useEffect(() => {
    host.onGo(go);
    host.at(place);
    keep('boot', host.boot.id);
    keep('place', place);
    // Only once: later places are told by `go`.
  }, [host, go, keep]);
  const app = useMemo<App>(() => ({ host, store, place, go, need, keep, kept }), [host, store, place, go, need, keep, kept]);
  return (
    <AppContext.Provider value={app}>
      <Shell />
    </AppContext.Provider>
  );
}

/** Where it was when it was shown last, if it is the same page that starts again; else where it was opened. */
function firstPlace({ id, place }: Readonly<Boot>, kept: App['kept']): Place {
  const before = kept('boot') === id ? placeSchema.safeParse(kept('place')) : undefined;
  return before?.data ?? place;
}

const SAVE_MS = 200;

function useKeeping(host: Host): Pick<App, 'keep' | 'kept'> {
  const state = useRef<Record<string, unknown>>({ ...host.saved() });
  const timer = useRef<number | undefined>(undefined);
  const keep = useCallback(
    (key: string, value: unknown) => {
      state.current[key] = value;
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => host.save(state.current), SAVE_MS);
    },
    [host],
  );
  const kept = useCallback((key: string) => state.current[key], []);
  return { keep, kept };
}

/** Tells the host which slices somebody on the page needs, once for all that come and go together. */
function useNeeds(host: Host): App['need'] {
  const counts = useRef(new Map<Watchable, number>());
  const told = useRef(false);
  return useCallback(
    (slice: Watchable) => {
      const add = (by: number): void => {
        counts.current.set(slice, (counts.current.get(slice) ?? 0) + by);
        if (told.current) return;
        told.current = true;
        queueMicrotask(() => {
          told.current = false;
          host.watch([...counts.current].flatMap(([name, count]) => (count > 0 ? [name] : [])));
        });
      };
      add(1);
      return () => add(-1);
    },
    [host],
  );
}
