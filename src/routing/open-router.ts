import type { AccountList } from '../accounts/account-list.ts';
import type { Config } from '../config/schema.ts';
import type { StateFile } from '../config/state-file.ts';
import { budgetedCost, type Priced, priceFor } from '../ledger/cost.ts';
import type { EventBus } from '../ledger/events.ts';
import { priceList } from '../ledger/price-list.ts';
import { Affinity } from './affinity.ts';
import { Budgets } from './budgets/budgets.ts';
import { BudgetWatch } from './budgets/watch.ts';
import type { Caller } from './call-account.ts';
import { Health } from './health/book.ts';
import { Limits } from './limits/book.ts';
import { QuotaBook } from './quota/book.ts';
import { readQuota } from './quota/read.ts';
import { Router, type RouterOptions } from './router.ts';
import type { Target } from './target.ts';

/** The router over a config, with its books; those that last are registered with `state`, which is still to be loaded. */
export function openRouter(
  config: () => Config,
  list: AccountList,
  state: StateFile,
  modelsOf: RouterOptions['modelsOf'],
  live?: { events: EventBus; caller: Caller },
): Router {
  const clock = { now: Date.now, random: Math.random };
  const health = new Health({
    ...clock,
    settings: () => config().settings.health,
    // Disabled ones too: what is known of them holds when they are enabled again.
    accountOf: (id) => list.find(config(), id),
    changed: () => {
      state.touch();
      live?.events.publish({ type: 'health-changed', at: clock.now() });
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
      if (live?.events.watched) watch.look(budgets.list());
    },
  });
  const watch = new BudgetWatch((budget, reached) =>
    live?.events.publish({ type: 'budget-warning', at: clock.now(), budget, state: reached }),
  );
  state.register('health', health);
  state.register('budgets', budgets);
  const limits = new Limits({ now: Date.now, settings: () => config().settings.queue });
  const quota = new QuotaBook({
    ...clock,
    accounts: () => list.of(config()),
    limits: () => limits.list(),
    budgets: () => budgets.list(),
    read: async (account, signal) => live && (await readQuota({ ...live.caller, now: Date.now }, account, signal)),
    changed: (account) => {
      state.touch();
      live?.events.publish({ type: 'quota-changed', at: clock.now(), account });
    },
  });
  state.register('quota', quota);
  return new Router({
    ...clock,
    config,
    accounts: () => list.of(config()),
    modelsOf,
    price: (target) => priceFor(pricedAs(target), config().prices),
    priceList: () => priceList(config().prices, clock.now()),
    health,
    limits,
    affinity: new Affinity({ now: Date.now, ttlMs: () => config().settings.routing.affinityMs }),
    budgets,
    quota,
  });
}

const pricedAs = ({ account, model, name }: Target): Priced => ({ provider: account.provider, model, name });
