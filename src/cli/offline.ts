import { type Account, accountsOf } from '../accounts/account.ts';
import { ConfigFile } from '../config/file.ts';
import type { Config } from '../config/schema.ts';
import { StateFile } from '../config/state-file.ts';
import { countedCost, priceOf, pricesReady } from '../ledger/prices.ts';
import type { ModelInfo } from '../providers/provider.ts';
import { Affinity } from '../routing/affinity.ts';
import { Budgets } from '../routing/budgets/budgets.ts';
import { Health } from '../routing/health/book.ts';
import { Limits } from '../routing/limits/book.ts';
import { Router } from '../routing/router.ts';

/** What the files of a data folder tell of a gateway that does not run. No provider is asked. */
export interface Offline {
  router: Router;
  health: Health;
  config: Config;
  /** Writes what was changed in the books back to `state.json`. */
  save(): Promise<void>;
}

/** Names of the parts in `state.json`, as the gateway registers them. */
const PARTS = { health: 'health', budgets: 'budgets' } as const;

/** The router as it would start from `config.json` and `state.json` now. Throws ConfigError when the config is broken. */
export async function offlineRouter(folder: string, report: (line: string) => void): Promise<Offline> {
  const config = await new ConfigFile(folder).load();
  const accounts = accountsOf(config, report);
  // What is known of a disabled account is kept, too.
  const all = accountsOf({ ...config, accounts: config.accounts.map((entry) => ({ ...entry, enabled: true })) }, () => {});
  const clock = { now: Date.now, random: Math.random, changed: () => {} };
  const health = new Health({
    ...clock,
    settings: () => config.settings.health,
    accountOf: (id) => all.find((account) => account.config.id === id),
  });
  const budgets = new Budgets({
    ...clock,
    budgets: () => config.budgets,
    combos: () => config.combos,
    costOf: ({ account, model }, usage) => countedCost(usage, account.provider, model),
  });
  const state = new StateFile(folder, report);
  state.register(PARTS.health, health);
  state.register(PARTS.budgets, budgets);
  await Promise.all([state.load(), pricesReady()]);
  const router = new Router({
    ...clock,
    config: () => config,
    accounts: () => accounts,
    modelsOf: knownModels,
    price: ({ account, model }) => priceOf(account.provider, model),
    health,
    limits: new Limits({ now: Date.now, settings: () => config.settings.queue }),
    affinity: new Affinity({ now: Date.now, ttlMs: () => config.settings.routing.affinityMs }),
    budgets,
  });
  return { router, health, config, save: () => state.close() };
}

/** The catalogue's models with what the user says of them. */
function knownModels({ provider, config }: Account): ModelInfo[] {
  const models = new Map(provider.models.seed.map((info) => [info.id, info]));
  for (const custom of config.models?.custom ?? []) models.set(custom.id, { ...models.get(custom.id), ...custom });
  return [...models.values()];
}
