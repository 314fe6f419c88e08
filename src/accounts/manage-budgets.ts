import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { type BudgetConfig, budgetSchema } from '../config/budgets.ts';
import type { AccountConfig, Config } from '../config/schema.ts';
import { providerById } from '../providers/catalogue.ts';
import { invalid, ManageError } from './manage-error.ts';

/**
 * Replaces all budgets. Throws ManageError when a new one is for a key, account or provider that does not exist: it would never count. One
 * that was there before and is left as it is may be for somebody who is gone: it hinders no other change.
 */
export function saveBudgets(config: Config, budgets: unknown): BudgetConfig[] {
  const checked = z.object({ budgets: z.array(budgetSchema) }).safeParse({ budgets });
  if (!checked.success) throw invalid(checked.error);
  for (const [index, budget] of checked.data.budgets.entries()) {
    if (!config.budgets.some((before) => isDeepStrictEqual(before, budget))) refuseUnknown(config, budget, `budgets[${index}]`);
  }
  config.budgets = checked.data.budgets;
  return config.budgets;
}

function refuseUnknown(config: Config, { key, account, provider }: BudgetConfig, place: string): void {
  const problem = (field: string, name: string): ManageError =>
    new ManageError('invalid', `${place}.${field}: there is no ${field} "${name}"`, `${place}.${field}`);
  if (key !== undefined && !config.keys.some((entry) => entry.name === key)) throw problem('key', key);
  if (account !== undefined && !config.accounts.some((entry) => isNamed(entry, account))) throw problem('account', account);
  if (provider !== undefined && !providerById(provider)) throw problem('provider', provider);
}

/** Takes away the budgets for an account that is gone, unless another has its name, and gives them: a new account of that name would not be meant. */
export function dropAccountBudgets(config: Config, gone: AccountConfig): BudgetConfig[] {
  const orphaned = ({ account }: BudgetConfig): boolean =>
    account !== undefined && isNamed(gone, account) && !config.accounts.some((entry) => isNamed(entry, account));
  return take(config, orphaned);
}

/** Takes away the budgets for a gateway key that is gone, and gives them. */
export function dropKeyBudgets(config: Config, gone: string): BudgetConfig[] {
  return take(config, ({ key }) => key === gone && !config.keys.some((entry) => entry.name === key));
}

function take(config: Config, orphaned: (budget: BudgetConfig) => boolean): BudgetConfig[] {
  const taken = config.budgets.filter(orphaned);
  if (taken.length > 0) config.budgets = config.budgets.filter((budget) => !orphaned(budget));
  return taken;
}

/**
 * Budgets that mean this account by its old name go on meaning it. By its id where the new name is somebody else's too; untouched where the
 * old name still is.
 */
export function renameInBudgets(config: Config, before: AccountConfig, after: AccountConfig): void {
  if (before.name === after.name) return;
  const others = config.accounts.filter(({ id }) => id !== after.id);
  const shared = (name: string, { provider }: BudgetConfig): boolean =>
    others.some((entry) => isNamed(entry, name) && (provider === undefined || provider === entry.provider));
  config.budgets = config.budgets.map((budget) => {
    const { account, provider } = budget;
    const isMeant = account === before.name && (provider === undefined || provider === before.provider) && !shared(account, budget);
    return isMeant ? { ...budget, account: shared(after.name, budget) ? after.id : after.name } : budget;
  });
}

function isNamed({ id, name }: AccountConfig, nameOrId: string): boolean {
  return id === nameOrId || name === nameOrId;
}
