import { setTimeout } from 'node:timers/promises';
import type { DashboardDeps, Topics } from '../deps.ts';

/** Until a gateway that has gone is asked again. */
const AGAIN_MS = 1000;

/** That the config changed, whoever changed it; also when the gateway was away meanwhile, and it may have. */
export function configTopic({ admin }: Pick<DashboardDeps, 'admin'>): Topics['config'] {
  return async (_params, tell, signal) => {
    for (let first = true; !signal.aborted; first = false) {
      const opened = first ? () => {} : () => tell({ at: Date.now() });
      await follow(admin, tell, signal, opened).catch(() => {});
      await setTimeout(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  };
}

async function follow(
  admin: DashboardDeps['admin'],
  tell: (item: { at: number }) => void,
  signal: AbortSignal,
  opened: () => void,
): Promise<void> {
  for await (const event of admin.events(signal, opened)) if (event.type === 'config-changed') tell({ at: event.at });
}
