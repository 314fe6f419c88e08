import { useEffect, useState } from 'preact/hooks';
import type { Watchable } from '../../src/editor/dashboard/contract/slices.ts';
import { useApp } from '../app.ts';
import type { Slices } from '../host/store.ts';

/** Faster nobody reads. */
const CALM_MS = 500;

/** A slice, drawn at most twice a second however fast it changes: what comes in between is passed over, the last of it never. */
export function useCalmSlice<K extends Watchable>(slice: K): Slices[K] | undefined {
  const { store, need } = useApp();
  const [shown, setShown] = useState(() => store.get(slice));
  useEffect(() => {
    const end = need(slice);
    let last = performance.now();
    let timer: number | undefined;
    const show = (): void => {
      timer = undefined;
      last = performance.now();
      setShown(() => store.get(slice));
    };
    const unsubscribe = store.subscribe(slice, () => {
      timer ??= window.setTimeout(show, Math.max(0, last + CALM_MS - performance.now()));
    });
    show();
    return () => {
      clearTimeout(timer);
      unsubscribe();
      end();
    };
  }, [slice, store, need]);
  return shown;
}
