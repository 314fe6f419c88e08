import type { DashboardDeps, Topics } from '../deps.ts';

/** That the config changed: the gateway says so whoever changed it. */
export function configTopic({ admin }: DashboardDeps): Topics['config'] {
  return async (_params, tell, signal) => {
    for await (const event of admin.events(signal)) if (event.type === 'config-changed') tell({ at: event.at });
  };
}
