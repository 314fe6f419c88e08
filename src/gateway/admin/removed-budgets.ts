import type { BudgetConfig } from '../../config/schema.ts';

/** Says which budgets went with what they were for; nothing when none did. */
export function removedBudgets(budgets: readonly BudgetConfig[]): { removedBudgets?: readonly BudgetConfig[] } {
  return budgets.length > 0 ? { removedBudgets: budgets } : {};
}
