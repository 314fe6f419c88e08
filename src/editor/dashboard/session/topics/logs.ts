import { setTimeout as wait } from 'node:timers/promises';
import type { DashboardDeps, Topics } from '../deps.ts';

/** Before a gateway that went is looked for again. */
const PAUSE_MS = 300;

/** The lines of a log as they are written, of whichever gateway there is: when one goes, the next one is followed. */
export function logsTopic({ admin, live }: DashboardDeps): Topics['logs'] {
  return async ({ kind }, tell, signal) => {
    while (!signal.aborted) {
      for await (const line of admin.followLogs(kind, signal, () => tell({ is: 'open' }))) tell({ is: 'line', line });
      if (signal.aborted) return;
      tell({ is: 'gone' });
      await wait(PAUSE_MS, undefined, { signal }).catch(() => {});
      await ready(live, signal);
    }
  };
}

/** Resolves when there is a gateway, or the signal aborts. */
function ready(live: DashboardDeps['live'], signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!signal.aborted && live.snapshot.link.is !== 'ready') return;
      listening.dispose();
      signal.removeEventListener('abort', look);
      resolve();
    };
    const listening = live.onDidChange(look);
    signal.addEventListener('abort', look);
    look();
  });
}
