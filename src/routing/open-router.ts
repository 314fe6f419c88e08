import type { AccountList } from '../accounts/account-list.ts';
import type { Config } from '../config/schema.ts';
import type { StateFile } from '../config/state-file.ts';
import { budgetedCost, type Priced, priceFor } from '../ledger/cost.ts';
import type { EventBus } from '../ledger/events.ts';
import { Affinity } from './affinity.ts';
import { Budgets } from './budgets/budgets.ts';
import { BudgetWatch } from './budgets/watch.ts';
import { Health } from './health/book.ts';
import { Limits } from './limits/book.ts';
import { Router, type RouterOptions } from './router.ts';
import type { Target } from './target.ts';

/** The router over a config, with its books; those that last are registered with `state`, which is still to be loaded. */
export function openRouter(
  config: () => Config,
  list: AccountList,
  state: StateFile,
  modelsOf: RouterOptions['modelsOf'],
  events?: EventBus,
): Router {
  const clock = { now: Date.now, random: Math.random };
  const health = new Health({
    ...clock,
    settings: () => config().settings.health,
    // Disabled ones too: what is known of them holds when they are enabled again.
    accountOf: (id) => list.find(config(), id),
    changed: () => {
      state.touch();
      events?.publish({ type: 'health-changed', at: clock.now() });
    },
  });
  const budgets = new Budgets({
    ...clock,
    budgets: () => config().budgets,
    combos: () => config().combos,
    nameOf: (id) => list.find(config(), id)?.config.name,
    costOf: (target, usage) => budgetedCost(usage, pricedAs(target), config().prices),
    changed: () => {
      state.touch();
      if (events?.watched) watch.look(budgets.list());
    },
  });
  const watch = new BudgetWatch((budget, reached) => events?.publish({ type: 'budget-warning', at: clock.now(), budget, state: reached }));
  state.register('health', health);
  state.register('budgets', budgets);
  return new Router({
    ...clock,
    config,
    accounts: () => list.of(config()),
    modelsOf,
    price: (target) => priceFor(pricedAs(target), config().prices),
    health,
    limits: new Limits({ now: Date.now, settings: () => config().settings.queue }),
    affinity: new Affinity({ now: Date.now, ttlMs: () => config().settings.routing.affinityMs }),
    budgets,
  });
}

const pricedAs = ({ account, model, name }: Target): Priced => ({ provider: account.provider, model, name });
