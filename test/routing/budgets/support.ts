import { budgetSchema } from '../../../src/config/budgets.ts';
import { comboSchema } from '../../../src/config/combos.ts';
import { type AccountConfig, accountSchema, type BudgetConfig, type ComboConfig } from '../../../src/config/schema.ts';
import type { Usage } from '../../../src/conversation/usage.ts';
import { providerById } from '../../../src/providers/catalogue.ts';
import type { Tier } from '../../../src/providers/provider.ts';
import { Budgets } from '../../../src/routing/budgets/budgets.ts';
import type { Target } from '../../../src/routing/target.ts';

export const DAY = 86_400_000;

/** A target of an account that costs a cent per thousand tokens; `tier` free costs nothing. */
export function target(id: string, over: { tier?: Tier; provider?: string; name?: string } = {}): Target {
  const provider = providerById(over.provider ?? 'openai');
  const endpoint = provider?.endpoints['openai-chat'];
  if (!provider || !endpoint) throw new Error('no such provider');
  const config: AccountConfig = accountSchema.parse({ id, provider: provider.id, name: over.name ?? `name of ${id}` });
  const account = { config, provider: { ...provider, tier: over.tier ?? 'api-key' }, prefix: id };
  return { account, model: 'm', name: `${id}/m`, dialect: 'openai-chat', endpoint };
}

export function budget(fields: Record<string, unknown>): BudgetConfig {
  return budgetSchema.parse({ period: 'day', ...fields });
}

export function combo(name: string, budgets: Record<string, unknown>[] = []): ComboConfig {
  return comboSchema.parse({ name, targets: ['x/y'], budgets: budgets.map((entry) => ({ period: 'day', ...entry })) });
}

/** Budgets on a clock and a config that the test sets. */
export function bench(budgets: BudgetConfig[], combos: ComboConfig[] = [], now: number = new Date(2026, 10, 22, 12).getTime()) {
  const world = { now, budgets, combos, changes: 0 };
  const book = new Budgets({
    now: () => world.now,
    budgets: () => world.budgets,
    combos: () => world.combos,
    costOf: ({ account, model }, usage) => (account.provider.tier === 'free' ? 0 : priceOf(model, usage)),
    changed: () => {
      world.changes += 1;
    },
  });
  return { world, book };
}

function priceOf(model: string, usage: Usage): number | undefined {
  if (model === 'unpriced' || usage.input === undefined) return undefined;
  return (usage.input + (usage.output ?? 0)) / 100_000;
}
