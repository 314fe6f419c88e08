import * as l10n from '@vscode/l10n';
import type { BudgetEntry } from '../../admin/api.ts';
import { formatCount, formatPercent, formatTokens, formatUsd } from '../../format/index.ts';

type Amount = BudgetEntry['amounts'][number];

/** Per cent of the amount that is used most. */
export function fullness({ amounts }: BudgetEntry): number {
  return Math.max(0, ...amounts.map(({ used, limit }) => (limit > 0 ? (used / limit) * 100 : 100)));
}

/** `$1.27 of $5.00 (25 %)`. */
export function amountWords({ unit, used, limit }: Amount): string {
  const percent = formatPercent(limit > 0 ? (used / limit) * 100 : 100);
  switch (unit) {
    case 'usd':
      return l10n.t('{0} of {1} ({2})', formatUsd(used), formatUsd(limit), percent);
    case 'tokens':
      return l10n.t('{0} of {1} tokens ({2})', formatTokens(used), formatTokens(limit), percent);
    case 'requests':
      return l10n.t('{0} of {1} requests ({2})', formatCount(used), formatCount(limit), percent);
  }
}

/** What is spent and not counted, where there is such. */
export function unpricedWords({ unpriced }: BudgetEntry): string | undefined {
  if (!unpriced) return undefined;
  return unpriced === 1
    ? l10n.t('1 request of unknown price is not in it.')
    : l10n.t('{0} requests of unknown price are not in it.', formatCount(unpriced));
}

export function stateWord(state: BudgetEntry['state']): string {
  switch (state) {
    case 'ok':
      return l10n.t('within the budget');
    case 'warning':
      return l10n.t('nearly reached');
    case 'reached':
      return l10n.t('reached');
  }
}
