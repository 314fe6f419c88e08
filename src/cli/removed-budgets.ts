import type { BudgetConfig } from '../config/schema.ts';
import { scopeText } from './budget-text.ts';

/** A line about the budgets that went with what they were for; empty when none did. */
export function removedBudgetsLine(budgets: readonly BudgetConfig[]): string {
  if (budgets.length === 0) return '';
  return `Removed with it, since ${budgets.length === 1 ? 'it' : 'they'} could never count again: ${budgets.map((budget) => `the budget for ${scopeText(budget)}`).join('; ')}.\n`;
}
