import { accountHandlers } from './calls/accounts.ts';
import { budgetHandlers } from './calls/budgets.ts';
import { captureHandlers } from './calls/captures.ts';
import { comboHandlers } from './calls/combos.ts';
import { generalHandlers } from './calls/general.ts';
import { healthHandlers } from './calls/health.ts';
import { logHandlers } from './calls/logs.ts';
import { requestHandlers } from './calls/requests.ts';
import { settingsHandlers } from './calls/settings.ts';
import { toolHandlers } from './calls/tools.ts';
import { usageHandlers } from './calls/usage.ts';
import type { DashboardDeps, Handlers, Topics } from './deps.ts';
import { configTopic } from './topics/config.ts';
import { logsTopic } from './topics/logs.ts';
import { toolsTopic } from './topics/tools.ts';

export function handlersOf(deps: DashboardDeps): Handlers {
  return {
    ...generalHandlers(deps),
    ...toolHandlers(deps),
    ...accountHandlers(deps),
    ...comboHandlers(deps),
    ...usageHandlers(deps),
    ...budgetHandlers(deps),
    ...requestHandlers(deps),
    ...captureHandlers(deps),
    ...healthHandlers(deps),
    ...logHandlers(deps),
    ...settingsHandlers(deps),
  };
}

export function topicsOf(deps: DashboardDeps): Topics {
  return { config: configTopic(deps), logs: logsTopic(deps), tools: toolsTopic(deps) };
}
