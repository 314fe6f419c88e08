import * as l10n from '@vscode/l10n';
import type { BudgetConfig } from '../../../admin/api.ts';
import type { budgetCalls } from '../../contract/calls/budgets.ts';
import type { DashboardDeps, Handlers } from '../deps.ts';

export function budgetHandlers({ admin, live }: DashboardDeps): Pick<Handlers, keyof typeof budgetCalls> {
  return {
    budgetList: async (_, signal) => {
      const [budgets, keys] = await Promise.all([admin.budgetList(signal), admin.keys(signal)]);
      return { budgets, keys: keys.map(({ name }) => name) };
    },
    saveBudget: async ({ before, after }, signal) => {
      // The list is saved as a whole: what others changed since it was shown must not be undone by it.
      const saved = await admin.saveBudgets(replaced(await admin.budgetList(signal), before, after));
      await live.refresh('budgets');
      return saved;
    },
  };
}

function replaced(list: readonly BudgetConfig[], before: BudgetConfig | null, after: BudgetConfig | null): BudgetConfig[] {
  if (!before) return after ? [...list, after] : [...list];
  const at = list.findIndex((budget) => textOf(budget) === textOf(before));
  if (at < 0) throw new Error(l10n.t('This budget was changed elsewhere in the meantime. Nothing was saved; look at it again.'));
  return list.toSpliced(at, 1, ...(after ? [after] : []));
}

/** The same text for the same budget, in whatever order its fields are. */
function textOf(budget: BudgetConfig): string {
  const fields = Object.entries(budget).filter(([, value]) => value !== undefined);
  return JSON.stringify(fields.sort(([a], [b]) => (a < b ? -1 : 1)));
}
