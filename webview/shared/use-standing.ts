import { useMemo } from 'preact/hooks';
import type { Snapshot } from '../../src/editor/live/snapshot.ts';
import { useApp, useSlice } from '../app.ts';
import { useCalmSlice } from './use-calm-slice.ts';

const NOTHING: readonly never[] = [];
const NO_SUMS: Snapshot['todayByAccount'] = new Map();

/** What tells how things stand, as the status bar and the notifications read it. Models are not in it: they are thousands. */
export function useStanding(): Snapshot {
  const { store } = useApp();
  const link = useSlice('link');
  const loaded = useSlice('loaded');
  const accounts = useSlice('accounts');
  const combos = useSlice('combos');
  const quota = useSlice('quota');
  const health = useSlice('health');
  const budgets = useSlice('budgets');
  const requests = useCalmSlice('requests');
  return useMemo(
    () => ({
      link: link ?? { is: 'connecting' },
      loaded: loaded ?? false,
      accounts: accounts ?? NOTHING,
      combos: combos ?? NOTHING,
      quota: quota ?? NOTHING,
      health: health ?? NOTHING,
      budgets: budgets ?? NOTHING,
      // As they are now: to be loaded without them is to have none, and the calm ones may be half a second behind.
      requests: store.get('requests') ?? requests ?? NOTHING,
      models: NOTHING,
      today: undefined,
      todayByAccount: NO_SUMS,
      fallback: undefined,
    }),
    [link, loaded, accounts, combos, quota, health, budgets, requests, store],
  );
}
