import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useApp, useSlice } from '../../../app.ts';
import { type Facts, type Filter, factsOf } from '../filter/filter.ts';
import { RequestList } from './request-list.ts';
import type { Row } from './row.ts';

/** The list under a filter; draws anew when something of it changes. */
export function useRequestList(filter: Filter): RequestList {
  const { host } = useApp();
  const [, redraw] = useState(0);
  const list = useRef<RequestList | undefined>(undefined);
  list.current ??= new RequestList({
    ask: (query, signal) => host.call('requestPage', query, signal),
    changed: () => redraw((count) => count + 1),
    now: Date.now,
  });
  const { current } = list;
  const accounts = useSlice('accounts');
  const combos = useSlice('combos');
  const facts = useMemo(() => factsOf(accounts ?? [], combos ?? []), [accounts, combos]);
  useLive(current, facts);
  const key = JSON.stringify(filter);
  useEffect(() => current.filter(filter), [current, key]);
  useEffect(() => () => current.dispose(), [current]);
  return current;
}

const NONE: readonly Row[] = [];

/** Not by useSlice: the list itself says whether what came is to be drawn, so that it is drawn once. */
function useLive(list: RequestList, facts: Facts): void {
  const { store, need } = useApp();
  const known = useRef(facts);
  useEffect(() => need('requests'), [need]);
  useLayoutEffect(() => {
    known.current = facts;
    list.live(store.get('requests') ?? NONE, facts);
  }, [list, store, facts]);
  useEffect(() => {
    const tell = (): void => list.live(store.get('requests') ?? NONE, known.current);
    const unsubscribe = store.subscribe('requests', tell);
    tell();
    return unsubscribe;
  }, [list, store]);
}
