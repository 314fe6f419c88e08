import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useApp, useSlice } from '../../../app.ts';
import { type Filter, factsOf } from '../filter/filter.ts';
import { RequestList } from './request-list.ts';

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
  const live = useSlice('requests');
  const accounts = useSlice('accounts');
  const combos = useSlice('combos');
  const facts = useMemo(() => factsOf(accounts ?? [], combos ?? []), [accounts, combos]);
  useLayoutEffect(() => current.live(live ?? [], facts), [current, live, facts]);
  const key = JSON.stringify(filter);
  useEffect(() => current.filter(filter), [current, key]);
  useEffect(() => () => current.dispose(), [current]);
  return current;
}
