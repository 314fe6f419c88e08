import * as l10n from '@vscode/l10n';
import type { BudgetEntry } from '../../admin/api.ts';
import { formatCountdown } from '../../format/index.ts';
import { card, escaped } from '../tree/markdown.ts';
import { COLORS, type NodeIcon, type ViewNode } from '../tree/node.ts';
import { amountWords, fullness, stateWord, unpricedWords } from './budget-words.ts';
import { textBar } from './text-bar.ts';

/** The user's budgets, fullest first, as a group of their own. */
export function budgetGroup(budgets: readonly BudgetEntry[], now: number): ViewNode[] {
  if (budgets.length === 0) return [];
  const label = l10n.t('Budgets');
  const children = [...budgets].sort((a, b) => fullness(b) - fullness(a)).map((budget) => budgetNode(budget, now));
  return [
    {
      id: 'budgets',
      ref: { kind: 'group', name: 'budgets' },
      label,
      contextValue: 'budgets',
      icon: { id: 'law' },
      spoken: label,
      children,
      expanded: true,
    },
  ];
}

function budgetNode(budget: BudgetEntry, now: number): ViewNode {
  const { name, period, mode, resetsAt, amounts } = budget;
  const figures = amounts.map(amountWords).join(' · ');
  const reset = l10n.t('begins anew in {0}', formatCountdown(resetsAt - now));
  const rows = [
    [l10n.t('Period'), period === 'day' ? l10n.t('a day') : l10n.t('a month')],
    [l10n.t('When reached'), mode === 'hard' ? l10n.t('nothing more is spent') : l10n.t('you are warned')],
    ...amounts.map((amount) => [l10n.t('Used'), escaped(amountWords(amount))] as const),
    [l10n.t('Begins anew'), escaped(l10n.t('in {0}', formatCountdown(resetsAt - now)))],
  ] as const;
  return {
    id: `budget:${name}`,
    ref: { kind: 'budget', budget: name },
    label: name,
    description: `${textBar(fullness(budget))} ${figures} · ${reset}`,
    tooltip: card(
      name,
      rows,
      [unpricedWords(budget)].flatMap((words) => words ?? []),
    ),
    icon: stateIcon(budget.state),
    contextValue: 'budget',
    spoken: [name, figures, stateWord(budget.state), reset].join(', '),
  };
}

function stateIcon(state: BudgetEntry['state']): NodeIcon {
  switch (state) {
    case 'ok':
      return { id: 'pass', color: COLORS.good };
    case 'warning':
      return { id: 'warning', color: COLORS.warning };
    case 'reached':
      return { id: 'error', color: COLORS.bad };
  }
}
