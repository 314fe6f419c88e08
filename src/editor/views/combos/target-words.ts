import * as l10n from '@vscode/l10n';
import { blockIcon, blockWords } from '../block-words.ts';
import { COLORS, type NodeIcon } from '../tree/node.ts';
import type { TargetState } from './target-state.ts';

/** How a target is now, in a few words: who would answer, or why it cannot. */
export function stateWords(state: TargetState, now: number): string {
  switch (state.is) {
    case 'ready':
      return state.others === 0 ? state.account.name : l10n.t('{0} and {1} more', state.account.name, state.others);
    case 'blocked':
      return l10n.t('{0}: {1}', state.account.name, blockWords(state.block, now));
    case 'name':
      return nameWords(state.kind, state.ready);
    case 'disabled-combo':
      return l10n.t('combo, disabled');
    case 'pattern':
      return state.models === 1 ? l10n.t('pattern for 1 model') : l10n.t('pattern for {0} models', state.models);
    case 'nobody':
      return l10n.t('no account has it');
  }
}

function nameWords(kind: 'combo' | 'alias' | 'auto', ready: boolean): string {
  switch (kind) {
    case 'combo':
      return ready ? l10n.t('combo') : l10n.t('combo, cannot answer now');
    case 'alias':
      return ready ? l10n.t('alias') : l10n.t('alias, cannot answer now');
    case 'auto':
      return ready ? l10n.t('automatic') : l10n.t('automatic, cannot answer now');
  }
}

export function stateIcon(state: TargetState): NodeIcon {
  switch (state.is) {
    case 'ready':
      return { id: 'pass', color: COLORS.good };
    case 'blocked':
      return blockIcon(state.block);
    case 'name':
      return state.ready ? { id: 'layers', color: COLORS.good } : { id: 'layers', color: COLORS.bad };
    case 'pattern':
      return state.ready ? { id: 'regex', color: COLORS.good } : { id: 'regex', color: COLORS.bad };
    case 'disabled-combo':
      return { id: 'circle-slash', color: COLORS.off };
    case 'nobody':
      return { id: 'question', color: COLORS.bad };
  }
}
