import { accountHandlers } from './calls/accounts.ts';
import { captureHandlers } from './calls/captures.ts';
import { comboHandlers } from './calls/combos.ts';
import { generalHandlers } from './calls/general.ts';
import { requestHandlers } from './calls/requests.ts';
import { usageHandlers } from './calls/usage.ts';
import type { DashboardDeps, Handlers, Topics } from './deps.ts';
import { configTopic } from './topics/config.ts';

export function handlersOf(deps: DashboardDeps): Handlers {
  return {
    ...generalHandlers(deps),
    ...accountHandlers(deps),
    ...comboHandlers(deps),
    ...usageHandlers(deps),
    ...requestHandlers(deps),
    ...captureHandlers(deps),
  };
}

export function topicsOf(deps: DashboardDeps): Topics {
  return { config: configTopic(deps) };
}
