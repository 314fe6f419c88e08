import { useEffect, useMemo, useState } from 'preact/hooks';
import type { ProviderShown } from '../../../src/editor/dashboard/contract/calls/accounts.ts';
import { Pending } from '../../../src/editor/views/pending.ts';
import type { Conditions } from '../../../src/editor/views/providers/blocks.ts';
import { type App, lastAnswer, useApp, useCall, useSlice } from '../../app.ts';

export interface Accounts {
  /** `undefined`: not known yet. */
  conditions: Conditions | undefined;
  providerOf(id: string): ProviderShown | undefined;
  /** True once the catalogue was asked: what it does not know then, it does not know. */
  providersKnown: boolean;
  /** Shows the new order at once, and takes it back where the gateway refuses. */
  arrange(priorities: ReadonlyMap<string, number>): void;
  /** Why the last order was not saved. */
  refused: Error | undefined;
}

/** The accounts as they stand, with the order the user has just made. */
export function useAccounts(): Accounts {
  const app = useApp();
  const [accounts, health, quota, budgets] = [useSlice('accounts'), useSlice('health'), useSlice('quota'), useSlice('budgets')];
  const { over, arrange, refused } = useArranging(app);
  const conditions = useMemo(() => {
    if (!accounts) return undefined;
    return { accounts: over(accounts), health: health ?? [], quota: quota ?? [], budgets: budgets ?? [] };
  }, [accounts, health, quota, budgets, over]);
  return { conditions, arrange, refused, ...useProviders(accounts?.map(({ provider }) => provider) ?? []) };
}

function useProviders(ids: readonly string[]): Pick<Accounts, 'providerOf' | 'providersKnown'> {
  const { asked } = useCall('providers', { ids: [...new Set(ids)].sort() });
  const known = lastAnswer(asked);
  return useMemo(() => {
    const byId = new Map(known?.map((provider) => [provider.id, provider]));
    return { providerOf: (id) => byId.get(id), providersKnown: asked.is === 'there' && !asked.stale };
  }, [known, asked]);
}

type Arranging = Pick<Accounts, 'arrange' | 'refused'> & { over(accounts: Conditions['accounts']): Conditions['accounts'] };

function useArranging(app: App): Arranging {
  const [pending] = useState(() => new Pending());
  const [turn, setTurn] = useState(0);
  const [refused, setRefused] = useState<Error>();
  useEffect(() => {
    const listening = pending.onDidChange(() => setTurn((count) => count + 1));
    return () => listening.dispose();
  }, [pending]);
  // `turn` says that what is pending changed.
  return useMemo(
    () => ({
      refused,
      over: (accounts) => pending.over({ accounts, combos: [] }).accounts,
      arrange: (priorities) => {
        if (priorities.size === 0) return;
        setRefused(undefined);
        pending.priorities(priorities, () => saved(app, priorities)).catch(setRefused);
      },
    }),
    [pending, app, turn, refused],
  );
}

const LONGEST_MS = 1500;

/** Ends when the page was told the new priorities: the answer may be there before what it tells of. */
async function saved({ host, store }: App, priorities: ReadonlyMap<string, number>): Promise<void> {
  await host.call('arrangeAccounts', { priorities: [...priorities].map(([account, priority]) => ({ account, priority })) });
  const isTold = (): boolean => store.get('accounts')?.every(({ id, priority }) => (priorities.get(id) ?? priority) === priority) ?? false;
  if (isTold()) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
    const stop = store.subscribe('accounts', () => isTold() && end());
    const timer = setTimeout(end, LONGEST_MS);
  });
}
