import * as l10n from '@vscode/l10n';
import type { Answer, Place, Ui } from '../../input/ui.ts';
import { type Strategy, strategySentence, strategyWord } from '../../views/words.ts';

/** The order of the list: what most people want first. A record, so that none is forgotten. */
const STRATEGIES: Record<Strategy, string> = {
  'fill-first': 'list-ordered',
  latency: 'rocket',
  'cost-optimized': 'credit-card',
  'round-robin': 'sync',
  'least-used': 'graph',
  p2c: 'versions',
  random: 'symbol-numeric',
};

export function pickStrategy(ui: Ui, place: Place, current: Strategy): Promise<Answer<Strategy>> {
  return ui.pick({
    ...place,
    placeholder: l10n.t('In which order are the models asked?'),
    items: strategies().map((strategy) => ({
      label: strategyWord(strategy),
      description: strategy === current ? l10n.t('{0}, as now', strategy) : strategy,
      detail: strategySentence(strategy),
      icon: STRATEGIES[strategy],
      value: strategy,
    })),
    active: (strategy) => strategy === current,
  });
}

/** All, in the order of the list. */
export function strategies(): Strategy[] {
  return Object.keys(STRATEGIES).filter((name): name is Strategy => name in STRATEGIES);
}
