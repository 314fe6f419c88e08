import * as l10n from '@vscode/l10n';
import type { BudgetEntry } from '../../../src/editor/admin/api.ts';
import { formatCountdown, formatTime } from '../../../src/editor/format/index.ts';
import { amountWords, fullness, stateWord, unpricedWords } from '../../../src/editor/views/quota/budget-words.ts';
import type { Tone } from '../../ui/tone.ts';

/** A budget in words and bars. */
export interface BudgetLine {
  name: string;
  state: string;
  tone: Tone;
  amounts: { unit: string; share: number; words: string }[];
  reset: string;
  mode: string;
  /** What is not in it, where there is such. */
  unpriced: string | undefined;
}

/** Fullest first. */
export function budgetLines(budgets: readonly BudgetEntry[], now: number): BudgetLine[] {
  return [...budgets].sort((a, b) => fullness(b) - fullness(a)).map((budget) => lineOf(budget, now));
}

function lineOf(budget: BudgetEntry, now: number): BudgetLine {
  const { name, state, amounts, resetsAt, mode } = budget;
  return {
    name,
    state: stateWord(state),
    tone: TONES[state],
    amounts: amounts.map((amount) => ({
      unit: amount.unit,
      share: amount.limit > 0 ? amount.used / amount.limit : 1,
      words: amountWords(amount),
    })),
    reset: l10n.t('begins anew in {0}, at {1}', formatCountdown(resetsAt - now), formatTime(resetsAt, now)),
    mode: mode === 'hard' ? l10n.t('when reached, nothing more is spent') : l10n.t('when reached, you are warned'),
    unpriced: unpricedWords(budget),
  };
}

const TONES: Record<BudgetEntry['state'], Tone> = { ok: 'neutral', warning: 'warning', reached: 'bad' };
