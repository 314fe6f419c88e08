import * as z from 'zod';
import { type BudgetConfig, budgetSchema } from '../config/budgets.ts';
import type { Config } from '../config/schema.ts';
import { providerById } from '../providers/catalogue.ts';
import { invalid, ManageError } from './manage-error.ts';

/** Replaces all budgets. Throws ManageError when one is for a key, account or provider that does not exist: it would never count. */
export function saveBudgets(config: Config, budgets: unknown): BudgetConfig[] {
  const checked = z.object({ budgets: z.array(budgetSchema) }).safeParse({ budgets });
  if (!checked.success) throw invalid(checked.error);
  for (const [index, budget] of checked.data.budgets.entries()) refuseUnknown(config, budget, `budgets[${index}]`);
  config.budgets = checked.data.budgets;
  return config.budgets;
}

function refuseUnknown(config: Config, { key, account, provider }: BudgetConfig, place: string): void {
  const problem = (field: string, name: string): ManageError =>
    new ManageError('invalid', `${place}.${field}: there is no ${field} "${name}"`, `${place}.${field}`);
  if (key !== undefined && !config.keys.some((entry) => entry.name === key)) throw problem('key', key);
  if (account !== undefined && !config.accounts.some((entry) => entry.id === account || entry.name === account))
    throw problem('account', account);
  if (provider !== undefined && !providerById(provider)) throw problem('provider', provider);
}
