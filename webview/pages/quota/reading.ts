import { useCallback, useState } from 'preact/hooks';
import { useApp } from '../../app.ts';
import { errorOf } from '../../host/thrown.ts';

/** How the reading of an account's quota goes; `done` also where the provider told nothing. */
export type ReadState = { is: 'reading' } | { is: 'done' } | { is: 'failed'; message: string };

/** Has quotas read at the providers, and tells how that went, by account id. */
export function useReading(): { states: ReadonlyMap<string, ReadState>; read(account: string): Promise<void> } {
  const { host } = useApp();
  const [states, setStates] = useState<ReadonlyMap<string, ReadState>>(new Map());
  const read = useCallback(
    async (account: string) => {
      const set = (state: ReadState): void => setStates((before) => new Map(before).set(account, state));
      set({ is: 'reading' });
      try {
        await host.call('refreshQuota', { account });
        set({ is: 'done' });
      } catch (thrown) {
        set({ is: 'failed', message: errorOf(thrown).message });
      }
    },
    [host],
  );
  return { states, read };
}
